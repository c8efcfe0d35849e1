// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import static java.util.Objects.requireNonNull;

import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/**
 * Rows ready to be sent.
 *
 * @param rowSet as the client gets them
 * @param rows how many they are, which a row set with an Arrow batch in it does not show; 0 at the
 *     end
 */
public record EncodedRowSet(TRowSet rowSet, int rows) {
  public EncodedRowSet {
    requireNonNull(rowSet, "rowSet");
  }
}
