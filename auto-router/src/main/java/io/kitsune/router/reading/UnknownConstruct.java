// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.io.Serial;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Raised while a tree is built, where a construct has no node: the statement becomes opaque. */
final class UnknownConstruct extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient SqlParserPos position;

  UnknownConstruct(String construct, SqlParserPos position) {
    super(construct, null, false, false);
    this.position = position;
  }

  String construct() {
    return getMessage();
  }

  SqlParserPos position() {
    return position;
  }
}
