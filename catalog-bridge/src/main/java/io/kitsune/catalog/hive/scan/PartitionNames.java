// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.hive.HiveStorage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the names that Hive gives partitions: {@code day=2024-01-01/x=a%2Fb}. */
final class PartitionNames {
  private PartitionNames() {}

  /** The values in order, unescaped once; null for Hive's default partition. */
  static List<String> values(String name) {
    List<String> values = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      String value = unescape(part.substring(part.indexOf('=') + 1));
      values.add(value.equals(HiveStorage.DEFAULT_PARTITION) ? null : value);
    }
    return Collections.unmodifiableList(values);
  }

  /** As Hive's {@code FileUtils.unescapePathName}: what is no escape stands for itself. */
  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        int high = Character.digit(text.charAt(i + 1), 16);
        int low = Character.digit(text.charAt(i + 2), 16);
        if (high >= 0 && low >= 0) {
          plain.append((char) (high * 16 + low));
          i += 2;
          continue;
        }
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
