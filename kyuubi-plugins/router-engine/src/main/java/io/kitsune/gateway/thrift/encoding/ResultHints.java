// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import java.util.List;
import java.util.Locale;

/**
 * What Kyuubi's driver is told of a result's format, in the information messages of the status that
 * comes with its columns. It keeps them for the statement object's next result, so they are sent
 * with every one.
 */
public final class ResultHints {
  private static final String ARROW_FORMAT = "__kyuubi_operation_result_format__=arrow";

  /**
   * Always so: Kyuubi's drivers (1.7 to 1.12) put the hints into lower case before they look for
   * this one, and take timestamps for what they are by default.
   */
  private static final String TIMESTAMPS =
      "__kyuubi_operation_result_arrow_timestampAsString__=false";

  /** Of Thrift rows. */
  public static final List<String> THRIFT =
      List.of("__kyuubi_operation_result_format__=thrift", TIMESTAMPS);

  /** Of Arrow record batches. */
  public static final List<String> ARROW = List.of(ARROW_FORMAT, TIMESTAMPS);

  private ResultHints() {}

  /** Whether they announce Arrow, as the driver reads them. */
  public static boolean arrow(List<String> hints) {
    return hints.stream().anyMatch(hint -> hint.toLowerCase(Locale.ROOT).equals(ARROW_FORMAT));
  }
}
