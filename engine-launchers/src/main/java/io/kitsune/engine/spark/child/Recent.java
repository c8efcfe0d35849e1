// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark.child;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of so many entries: the one used least recently makes room. Not thread-safe. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;
  private static final int FIRST_CAPACITY = 16;
  private static final float LOAD = 0.75F;

  private final int most;

  Recent(int most) {
    super(FIRST_CAPACITY, LOAD, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
