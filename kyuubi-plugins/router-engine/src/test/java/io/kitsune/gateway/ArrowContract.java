// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import io.kitsune.router.Engine;
import io.kitsune.router.Statement.SetKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That a driver of Kyuubi's shows the same over Arrow as over rows, whatever the result. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ArrowContract {
  private static final String ARROW = "kyuubi.operation.result.format=arrow";
  private static final String ARROW_ROWS = "KyuubiArrowQueryResultSet";
  private static final String THRIFT_ROWS = "KyuubiQueryResultSet";
  static final String MILLION = "select * from a_million";
  private static final String WIDE = "select * from wide";
  private static final String LONG = "select * from long_texts";
  private static final String SET = "SET " + ARROW;
  private static final String UNSET = "SET kyuubi.operation.result.format=thrift";
  private static final String LATE = "select a year of five digits";

  private GatewayFixture fixture;

  /**
   * A connection of {@code alice}.
   *
   * @param settings as the driver's URL has them behind the question mark
   */
  abstract Connection connect(String authority, String settings) throws SQLException;

  /**
   * A result in one column.
   *
   * @param values DuckDB's expressions; NULL comes with them
   */
  record Case(String name, DataType type, String cast, List<String> values) {
    @Override
    public String toString() {
      return name;
    }

    String text() {
      return "select " + name;
    }

    String query() {
      return Stream.concat(values.stream(), Stream.of("NULL"))
          .map(value -> "SELECT (" + value + ")::" + cast + " AS v")
          .reduce((left, right) -> left + " UNION ALL " + right)
          .orElseThrow();
    }
  }

  /** What goes over Arrow. */
  static List<Case> arrow() {
    List<Case> cases =
        new ArrayList<>(
            List.of(
                of("boolean", Simple.BOOLEAN, "BOOLEAN", "true", "false"),
                of("tinyint", Simple.TINYINT, "TINYINT", "-128", "0", "127"),
                of("smallint", Simple.SMALLINT, "SMALLINT", "-32768", "0", "32767"),
                of("int", Simple.INT, "INTEGER", "-2147483648", "0", "2147483647"),
                of(
                    "bigint",
                    Simple.BIGINT,
                    "BIGINT",
                    "-9223372036854775808",
                    "0",
                    "9223372036854775807"),
                of(
                    "double",
                    Simple.DOUBLE,
                    "DOUBLE",
                    "'nan'",
                    "'inf'",
                    "'-inf'",
                    "'-0.0'",
                    "'0.1'",
                    "'4.9e-324'",
                    "'1.7976931348623157e308'"),
                of(
                    "string",
                    Simple.STRING,
                    "VARCHAR",
                    "''",
                    "'a'",
                    "'żółw 狐 🦊'",
                    "'\"\\' || chr(9)"),
                of("binary", Simple.BINARY, "BLOB", "''", "'ab'", "'\\xC5\\xBC\\xFF\\x00'"),
                of("void", Simple.VOID, "INTEGER", "NULL"),
                of(
                    "ntz",
                    Simple.TIMESTAMP_NTZ,
                    "TIMESTAMP",
                    "'0001-01-01 00:00:00'",
                    "'1582-10-04 23:59:59.999999'",
                    "'1582-10-10 12:00:00'",
                    "'1969-12-31 23:59:59.999999'",
                    "'1970-01-01'",
                    "'2024-03-31 02:30:00.000001'",
                    "'9999-12-31 23:59:59.999999'"),
                of(
                    "array",
                    new DataType.Array(Simple.STRING, true),
                    "VARCHAR[]",
                    "[]",
                    "['a', NULL, 'ż\"']"),
                of(
                    "map",
                    new DataType.Map(Simple.STRING, Simple.DATE, true),
                    "MAP(VARCHAR, DATE)",
                    "MAP {'z': DATE '1000-01-01', 'a': NULL}"),
                of(
                    "struct",
                    new DataType.Struct(
                        List.of(
                            new DataType.Field("p", Simple.DOUBLE, true),
                            new DataType.Field("ts", Simple.TIMESTAMP, true))),
                    "STRUCT(p DOUBLE, ts TIMESTAMPTZ)",
                    "{'p': 0.1, 'ts': TIMESTAMPTZ '2024-07-01 12:00:00+00'}")));
    for (int precision : List.of(1, 4, 5, 9, 10, 18, 19, 28, 38)) {
      for (int scale : new int[] {0, precision / 2, precision}) {
        String digits = "9".repeat(precision - scale) + "." + "9".repeat(scale);
        cases.add(
            of(
                "decimal " + precision + " " + scale,
                new DataType.Decimal(precision, scale),
                "DECIMAL(%d,%d)".formatted(precision, scale),
                "'" + digits + "'",
                "'-" + digits + "'",
                "'0'"));
      }
    }
    return cases;
  }

  /** What the driver would show otherwise, or not at all. */
  static List<Case> thrift() {
    return List.of(
        of("float", Simple.FLOAT, "FLOAT", "'0.1'", "'3.4028235e38'", "'nan'"),
        of("date", Simple.DATE, "DATE", "'0001-01-01'", "'1582-10-04'", "'2024-10-06'"),
        of("char", new DataType.Char(3), "VARCHAR", "'abc'"),
        of("varchar", new DataType.Varchar(3), "VARCHAR", "'ż'"));
  }

  private static Case of(String name, DataType type, String cast, String... values) {
    return new Case(name, type, cast, List.of(values));
  }

  private static final Case INSTANTS =
      of(
          "timestamp",
          Simple.TIMESTAMP,
          "TIMESTAMPTZ",
          "'0001-01-03 00:00:00+00'",
          "'1582-10-04 23:59:59.999999+00'",
          "'1582-10-15 00:00:00+00'",
          "'1883-11-18 18:00:00+00'",
          "'1919-03-31 23:00:00+00'",
          "'1969-12-31 23:59:59.999999+00'",
          "'2024-03-31 00:59:59.999999+00'",
          "'2024-03-31 01:00:00+00'",
          "'2024-10-27 00:30:00+00'",
          "'2024-10-27 01:30:00+00'",
          "'2024-11-03 06:00:00.5+00'",
          "'2199-07-01 00:00:00+00'",
          "'9999-12-30 00:00:00+00'");

  @BeforeAll
  void start() throws Exception {
    fixture =
        new GatewayFixture(
            GatewayFixture.defaults(Transport.SASL_PLAIN),
            Map.of(Engine.SPARK, new BlockingEngine()));
    Stream.of(arrow(), thrift(), List.of(INSTANTS))
        .flatMap(List::stream)
        .forEach(one -> script(one.text(), one.query(), Column.of("v", one.type())));
    script(
        MILLION,
        """
        SELECT range AS id, (range % 1000)::INTEGER AS n, (range / 7)::DECIMAL(15,2) AS price,
          CASE WHEN range % 10 = 0 THEN NULL ELSE range / 3.0::DOUBLE END AS rate, 'kundë ' || range AS name,
          CASE range % 3 WHEN 0 THEN 'A' WHEN 1 THEN 'N' END AS flag, range % 2 = 0 AS even,
          TIMESTAMPTZ '2020-01-01 00:00:00+00' + to_seconds(range) + to_milliseconds(range % 1000) AS at
        FROM range(1000000)""",
        Column.of("id", Simple.BIGINT),
        Column.of("n", Simple.INT),
        Column.of("price", new DataType.Decimal(15, 2)),
        Column.of("rate", Simple.DOUBLE),
        Column.of("name", Simple.STRING),
        Column.of("flag", Simple.STRING),
        Column.of("even", Simple.BOOLEAN),
        Column.of("at", Simple.TIMESTAMP));
    List<Column> wide = IntStream.range(0, 300).mapToObj(this::wide).toList();
    script(
        WIDE,
        "SELECT "
            + String.join(
                ", ",
                wide.stream()
                    .map(
                        c ->
                            "CASE range %% 7 WHEN %d THEN NULL ELSE range END"
                                    .formatted(c.name().length() % 7)
                                + (c.type() == Simple.STRING ? "::VARCHAR" : "")
                                + " AS "
                                + c.name())
                    .toList())
            + " FROM range(100)",
        wide.toArray(Column[]::new));
    script(
        LONG,
        "SELECT repeat('x', 5000000) || range AS v FROM range(8)",
        Column.of("v", Simple.STRING));
    script(
        "select nothing",
        "SELECT 1::BIGINT AS n, 'x' AS v WHERE false",
        Column.of("n", Simple.BIGINT),
        Column.of("v", Simple.STRING));
    script(
        "select two",
        "SELECT 1::BIGINT AS n, DATE '2024-01-01' AS d",
        Column.of("n", Simple.BIGINT),
        Column.of("d", Simple.DATE));
    script(
        LATE, "SELECT make_timestamptz(253402300800000000) AS v", Column.of("v", Simple.TIMESTAMP));
    fixture
        .routing
        .command(new SetKey(SET, "kyuubi.operation.result.format", "arrow"))
        .command(new SetKey(UNSET, "kyuubi.operation.result.format", "thrift"))
        .spark(ScriptedRouting.opaque("nothing from spark"));
  }

  private Column wide(int i) {
    return Column.of("c" + i, i % 2 == 0 ? Simple.BIGINT : Simple.STRING);
  }

  private void script(String text, String query, Column... columns) {
    fixture.routing.duckDb(text, query, columns);
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private Connection connect(String settings) throws SQLException {
    return connect("127.0.0.1:" + fixture.gateway.port(), settings);
  }

  @ParameterizedTest
  @MethodSource("arrow")
  void showsEveryValueOfATypeAsOverRows(Case one) throws Exception {
    same(one.text(), "", ARROW_ROWS);
  }

  @ParameterizedTest
  @MethodSource("thrift")
  void getsRowsForATypeThatItWouldShowOtherwise(Case one) throws Exception {
    same(one.text(), "", THRIFT_ROWS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Amsterdam",
        "America/New_York",
        "Australia/Sydney",
        "America/St_Johns",
        "+02:00",
        "-07:00",
        "PST"
      })
  void showsInstantsInTheSessionsZoneWhateverTheClients(String zone) throws Exception {
    TimeZone clients = TimeZone.getDefault();
    try {
      for (String client : List.of("UTC", "Australia/Sydney", "America/New_York")) {
        TimeZone.setDefault(TimeZone.getTimeZone(client));
        same(INSTANTS.text(), "spark.sql.session.timeZone=" + zone, ARROW_ROWS);
      }
    } finally {
      TimeZone.setDefault(clients);
    }
  }

  @Test
  void getsRowsWhereTimestampsAreWantedAsText() throws Exception {
    String asText = "kyuubi.operation.result.arrow.timestampAsString=true";
    same(INSTANTS.text(), asText, THRIFT_ROWS);
    same("select ntz", asText, THRIFT_ROWS);
    same("select bigint", asText, ARROW_ROWS);
  }

  @Test
  void getsRowsIfOneColumnDoesNotFit() throws Exception {
    same("select two", "", THRIFT_ROWS);
  }

  @Test
  void ignoresCompressionThatNewerDriversAskFor() throws Exception {
    same(
        "select string",
        "kyuubi.operation.result.arrow.compression.codec=zstd;spark.sql.execution.arrow.compression.codec=zstd",
        ARROW_ROWS);
  }

  @Test
  void endsAnEmptyResult() throws Exception {
    assertThat(same("select nothing", "", ARROW_ROWS)).isZero();
  }

  @Test
  void readsWideRowsAndLongTexts() throws Exception {
    assertThat(alike(WIDE, "", 1_000)).isEqualTo(100);
    assertThat(alike(LONG, "", 1_000)).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 999, 1_000, 1_001, 8_192, 8_193})
  void keepsToAStatementsLimitOfRows(int limit) throws Exception {
    fixture.reports.clear();
    assertThat(alike(MILLION, "kyuubi.operation.result.max.rows=" + limit, 1_000)).isEqualTo(limit);
    assertThat(fixture.reports).hasSize(2);
    assertThat(fixture.reports).allSatisfy(report -> assertThat(report.rows()).isEqualTo(limit));
  }

  @Test
  void keepsToTheDriversLimitOfRows() throws Exception {
    try (Connection connection = connect(ARROW);
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(1_500);
      try (ResultSet rows = statement.executeQuery(MILLION)) {
        int count = 0;
        while (rows.next()) {
          count++;
        }
        assertThat(count).isEqualTo(1_500);
      }
    }
  }

  @Test
  void changesItsFormatBySetAndBackForOneStatementObject() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      assertThat(format(statement, "select string")).isEqualTo(THRIFT_ROWS);
      assertThat(format(statement, SET)).isEqualTo(THRIFT_ROWS);
      assertThat(format(statement, "select string")).isEqualTo(ARROW_ROWS);
      assertThat(format(statement, "select date")).isEqualTo(THRIFT_ROWS);
      assertThat(format(statement, "select string")).isEqualTo(ARROW_ROWS);
      // The gateway's own answers, and an engine's that are Java values, go over Arrow too.
      assertThat(format(statement, SET)).isEqualTo(ARROW_ROWS);
      assertThat(format(statement, "nothing from spark")).isEqualTo(ARROW_ROWS);
      assertThat(format(statement, UNSET)).isEqualTo(ARROW_ROWS);
      assertThat(format(statement, "select string")).isEqualTo(THRIFT_ROWS);
    }
  }

  private static String format(Statement statement, String text) throws SQLException {
    try (ResultSet rows = statement.executeQuery(text)) {
      while (rows.next()) {
        assertThat(rows.getString(1)).isNotEqualTo("no such value");
      }
      return rows.getClass().getSimpleName();
    }
  }

  @Test
  void readsWhatJdbcAsksAboutTheDatabase() throws Exception {
    try (Connection connection = connect(ARROW);
        ResultSet types = connection.getMetaData().getTypeInfo();
        ResultSet catalogs = connection.getMetaData().getCatalogs()) {
      assertThat(types.next()).isTrue();
      assertThat(types.getString("TYPE_NAME")).isNotEmpty();
      assertThat(catalogs.next()).isTrue();
      assertThat(connection.getCatalog()).isEqualTo("spark_catalog");
      assertThat(connection.getSchema()).isEqualTo("default");
    }
  }

  @Test
  void saysWhichTimestampItCannotShowAlike() throws Exception {
    try (Connection connection = connect(ARROW);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LATE)) {
      assertThatThrownBy(rows::next)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("RESULT_NOT_IN_ARROW")
          .hasMessageContaining("kyuubi.operation.result.format=thrift");
    }
  }

  /** Compares all that JDBC shows of a statement's result in both formats; returns its rows. */
  private int same(String text, String settings, String format) throws SQLException {
    List<List<Object>> arrow = shown(text, ARROW + ";" + settings, format);
    List<List<Object>> thrift = shown(text, settings, THRIFT_ROWS);
    assertThat(arrow).isEqualTo(thrift);
    return arrow.size() - 1;
  }

  /** Compares a large result's values in both formats; returns its rows. */
  int alike(String text, String settings, int fetchSize) throws SQLException {
    try (Connection arrow = connect(ARROW + ";" + settings);
        Connection thrift = connect(settings);
        Statement left = arrow.createStatement();
        Statement right = thrift.createStatement()) {
      left.setFetchSize(fetchSize);
      right.setFetchSize(10_000);
      try (ResultSet batches = left.executeQuery(text);
          ResultSet rows = right.executeQuery(text)) {
        assertThat(batches.getClass().getSimpleName()).isEqualTo(ARROW_ROWS);
        int columns = rows.getMetaData().getColumnCount();
        int count = 0;
        while (rows.next()) {
          assertThat(batches.next()).isTrue();
          for (int column = 1; column <= columns; column++) {
            Object expected = rows.getObject(column);
            Object actual = batches.getObject(column);
            if (expected == null ? actual != null : !expected.equals(actual)) {
              assertThat(actual).as("row %d, column %d", count, column).isEqualTo(expected);
            }
          }
          count++;
        }
        // The end comes again however often one asks.
        assertThat(batches.next()).isFalse();
        assertThat(batches.next()).isFalse();
        return count;
      }
    }
  }

  private List<List<Object>> shown(String text, String settings, String format)
      throws SQLException {
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(text)) {
      assertThat(rows.getClass().getSimpleName()).isEqualTo(format);
      ResultSetMetaData columns = rows.getMetaData();
      List<List<Object>> shown = new ArrayList<>();
      shown.add(described(columns));
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.addAll(cell(rows, i));
        }
        shown.add(row);
      }
      return shown;
    }
  }

  private static List<Object> described(ResultSetMetaData columns) throws SQLException {
    List<Object> described = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      int column = i;
      described.addAll(
          List.of(
              columns.getColumnLabel(i),
              columns.getColumnType(i),
              columns.getColumnTypeName(i),
              shown(() -> columns.getColumnClassName(column)),
              shown(() -> columns.getPrecision(column)),
              shown(() -> columns.getScale(column)),
              shown(() -> columns.getColumnDisplaySize(column))));
    }
    return described;
  }

  private interface Getter {
    Object get() throws SQLException;
  }

  /** A value with its class, or that there is none. */
  private static String shown(Getter getter) {
    try {
      Object value = getter.get();
      if (value instanceof byte[] bytes) {
        return Arrays.toString(bytes);
      } else if (value instanceof Timestamp time) {
        return time + " at " + time.getTime();
      }
      return value == null ? "null" : value.getClass() + " " + value;
    } catch (SQLException | RuntimeException e) {
      return "an error";
    }
  }

  private static List<String> cell(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    boolean missing = rows.wasNull();
    return List.of(
        shown(() -> value),
        "missing: " + missing,
        shown(() -> rows.getString(column)),
        shown(() -> rows.getBoolean(column)),
        shown(() -> rows.getByte(column)),
        shown(() -> rows.getShort(column)),
        shown(() -> rows.getInt(column)),
        shown(() -> rows.getLong(column)),
        shown(() -> rows.getFloat(column)),
        shown(() -> rows.getDouble(column)),
        // Driver 1.10.1 has an error for NULL in rows, as later ones have not.
        missing ? "" : shown(() -> rows.getBigDecimal(column)),
        shown(() -> rows.getDate(column)),
        shown(() -> rows.getTimestamp(column)),
        shown(() -> rows.getTime(column)));
  }
}
