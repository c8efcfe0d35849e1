// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metadata;

import io.kitsune.error.KitsuneException;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoType;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoValue;

/**
 * GetInfo: ODBC's {@code SQLGetInfo}, whose constants and types the values are. The product is
 * {@code Spark SQL}, as from Spark's and Kyuubi's own servers: tools choose their dialect by it,
 * and Spark's is what is spoken here.
 */
public final class ServerInformation {
  private static final String PRODUCT = "Spark SQL";

  /** The version of the dialect; that of {@code spark.version} in the build. */
  static final String DIALECT_VERSION = "3.5.4";

  private static final short UNLIMITED = 0;

  /** Hive's and Spark's own limit for names in the Metastore. */
  private static final short LONGEST_NAME = 128;

  private static final short YES_TO_ALL_OUTER_JOINS = 0x7F;

  private ServerInformation() {}

  /**
   * The value of that kind.
   *
   * @param user whose session it is
   * @throws KitsuneException {@code INFO_TYPE_UNKNOWN} for a kind that is not TCLIService's
   */
  public static TGetInfoValue value(TGetInfoType type, String user) {
    if (type == null) {
      throw new KitsuneException(
          "INFO_TYPE_UNKNOWN", "HY096", "The client asks for a kind of information that is none.");
    }
    return switch (type) {
      case CLI_DBMS_NAME, CLI_SERVER_NAME -> text(PRODUCT);
      case CLI_DBMS_VER -> text(DIALECT_VERSION);
      case CLI_DATA_SOURCE_NAME -> text("Kitsune");
      case CLI_USER_NAME -> text(user);
      case CLI_SEARCH_PATTERN_ESCAPE -> text("\\");
      case CLI_IDENTIFIER_QUOTE_CHAR -> text("`");
      case CLI_SPECIAL_CHARACTERS, CLI_COLLATION_SEQ, CLI_ODBC_KEYWORDS -> text("");
      case CLI_XOPEN_CLI_YEAR -> text("1995");
      case CLI_CATALOG_NAME -> text("Y");
      case CLI_ACCESSIBLE_TABLES,
          CLI_ACCESSIBLE_PROCEDURES,
          CLI_DATA_SOURCE_READ_ONLY,
          CLI_ORDER_BY_COLUMNS_IN_SELECT,
          CLI_DESCRIBE_PARAMETER,
          CLI_INTEGRITY ->
          text("N");
      case CLI_MAX_DRIVER_CONNECTIONS,
          CLI_MAX_CONCURRENT_ACTIVITIES,
          CLI_MAX_CURSOR_NAME_LEN,
          CLI_MAX_USER_NAME_LEN,
          CLI_MAX_COLUMNS_IN_GROUP_BY,
          CLI_MAX_COLUMNS_IN_INDEX,
          CLI_MAX_COLUMNS_IN_ORDER_BY,
          CLI_MAX_COLUMNS_IN_SELECT,
          CLI_MAX_COLUMNS_IN_TABLE,
          CLI_MAX_TABLES_IN_SELECT ->
          number(UNLIMITED);
      case CLI_MAX_COLUMN_NAME_LEN,
          CLI_MAX_SCHEMA_NAME_LEN,
          CLI_MAX_CATALOG_NAME_LEN,
          CLI_MAX_TABLE_NAME_LEN,
          CLI_MAX_IDENTIFIER_LEN ->
          number(LONGEST_NAME);
      case CLI_MAX_INDEX_SIZE, CLI_MAX_ROW_SIZE, CLI_MAX_STATEMENT_LEN ->
          TGetInfoValue.lenValue(UNLIMITED);
      // SQL_CB_CLOSE, SQL_TC_NONE, SQL_IC_SENSITIVE (kept as written), SQL_NC_LOW: NULLs first.
      case CLI_CURSOR_COMMIT_BEHAVIOR, CLI_NULL_COLLATION -> number((short) 1);
      case CLI_TXN_CAPABLE -> number((short) 0);
      case CLI_IDENTIFIER_CASE -> number((short) 4);
      case CLI_CURSOR_SENSITIVITY -> TGetInfoValue.integerFlag(0);
      // Forwards only, read only, no transactions, no ALTER TABLE by ODBC's grammar.
      case CLI_FETCH_DIRECTION, CLI_SCROLL_CONCURRENCY -> TGetInfoValue.integerBitmask(1);
      case CLI_DEFAULT_TXN_ISOLATION,
          CLI_TXN_ISOLATION_OPTION,
          CLI_GETDATA_EXTENSIONS,
          CLI_ALTER_TABLE ->
          TGetInfoValue.integerBitmask(0);
      case CLI_OJ_CAPABILITIES -> TGetInfoValue.integerBitmask(YES_TO_ALL_OUTER_JOINS);
    };
  }

  private static TGetInfoValue text(String value) {
    return TGetInfoValue.stringValue(value);
  }

  private static TGetInfoValue number(short value) {
    return TGetInfoValue.smallIntValue(value);
  }
}
