// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Vectors made for one row set, freed with it. */
final class OwnedVectors implements AutoCloseable {
  private final List<FieldVector> vectors = new ArrayList<>();

  /** Takes a vector over before it holds memory. */
  <V extends FieldVector> V add(V vector) {
    vectors.add(vector);
    return vector;
  }

  List<FieldVector> all() {
    return vectors;
  }

  @Override
  public void close() {
    vectors.forEach(FieldVector::close);
  }
}
