// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import java.util.Locale;

/** How a client asks for its rows; what it gets stands in the result's {@link ResultHints}. */
public enum ResultFormat {
  /** Thrift row sets. */
  THRIFT,
  /** Arrow record batches, timestamps in their own type. */
  ARROW,
  /** Arrow record batches, timestamps as text. */
  ARROW_TIMESTAMPS_AS_TEXT;

  /** Kyuubi's key for it; {@code arrow} or anything else for rows. */
  public static final String KEY = "kyuubi.operation.result.format";

  /** Kyuubi's key for timestamps as text; {@code true} or anything else for their own type. */
  public static final String TIMESTAMPS_KEY = "kyuubi.operation.result.arrow.timestampAsString";

  /**
   * What the values of the two keys ask for. What is not known means rows, which every client
   * reads.
   *
   * @param format of {@link #KEY}; empty if not set
   * @param timestampAsString of {@link #TIMESTAMPS_KEY}; empty if not set
   */
  public static ResultFormat of(String format, String timestampAsString) {
    if (!format.strip().toLowerCase(Locale.ROOT).equals("arrow")) {
      return THRIFT;
    }
    return Boolean.parseBoolean(timestampAsString.strip()) ? ARROW_TIMESTAMPS_AS_TEXT : ARROW;
  }
}
