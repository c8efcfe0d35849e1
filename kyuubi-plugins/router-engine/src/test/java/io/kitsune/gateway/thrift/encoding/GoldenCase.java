// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import static java.util.Arrays.asList;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One column of one type: its values as Spark SQL writes them and as Java values. What Spark's own
 * Thrift server answers for them stands in the test resources; {@link GoldenRecorder} writes it
 * anew.
 *
 * @param name of its files
 * @param zone the session's time zone
 */
record GoldenCase(String name, DataType type, ZoneId zone, List<Value> values) {
  /**
   * A value.
   *
   * @param sql an expression that Spark casts to the column's type
   * @param java as {@link io.kitsune.engine.ResultCursor.Rows} has it; null for NULL
   */
  record Value(String sql, Object java) {}

  private static final Value NULL = new Value("NULL", null);
  private static final ZoneId UTC = ZoneId.of("UTC");

  Column column() {
    return Column.of("c", type);
  }

  List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    values.forEach(value -> rows.add(asList(value.java())));
    return rows;
  }

  /** The statement whose result is the case. */
  String statement() {
    List<String> selects = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String value = type == Simple.VOID ? "NULL" : cast(values.get(i).sql());
      selects.add("SELECT %d AS o, %s AS c".formatted(i, value));
    }
    return "SELECT c FROM (" + String.join(" UNION ALL ", selects) + ") ORDER BY o";
  }

  private String cast(String sql) {
    return "CAST(" + sql + " AS " + type.sql() + ")";
  }

  static List<GoldenCase> all() {
    List<GoldenCase> cases = new ArrayList<>();
    cases.add(of("void", Simple.VOID, NULL, NULL));
    cases.add(of("boolean", Simple.BOOLEAN, v("true", true), NULL, v("false", false)));
    cases.add(
        of(
            "tinyint",
            Simple.TINYINT,
            v("0", (byte) 0),
            v("-128", Byte.MIN_VALUE),
            NULL,
            v("127", Byte.MAX_VALUE)));
    cases.add(
        of(
            "smallint",
            Simple.SMALLINT,
            v("-32768", Short.MIN_VALUE),
            NULL,
            v("32767", Short.MAX_VALUE),
            v("1", (short) 1)));
    cases.add(
        of(
            "int",
            Simple.INT,
            v("-2147483648", Integer.MIN_VALUE),
            NULL,
            v("2147483647", Integer.MAX_VALUE),
            v("-1", -1)));
    cases.add(
        of(
            "bigint",
            Simple.BIGINT,
            v("-9223372036854775808", Long.MIN_VALUE),
            NULL,
            v("9223372036854775807", Long.MAX_VALUE),
            v("258", 258L)));
    cases.add(floats());
    cases.add(doubles());
    cases.add(strings("string", Simple.STRING));
    cases.add(
        of(
            "binary",
            Simple.BINARY,
            v("X'00FF10'", new byte[] {0, -1, 16}),
            NULL,
            v("X''", new byte[0]),
            v("'text'", "text".getBytes(StandardCharsets.UTF_8))));
    cases.add(dates());
    for (String zone :
        List.of("UTC", "America/Los_Angeles", "Asia/Kolkata", "Europe/Amsterdam", "+09:30")) {
      cases.add(timestamps(ZoneId.of(zone)));
    }
    cases.add(timestampsWithoutZone());
    cases.add(
        of(
            "decimal-10-2",
            new DataType.Decimal(10, 2),
            v("0", new BigDecimal("0.00")),
            NULL,
            v("-0.05", new BigDecimal("-0.05")),
            v("1.5", new BigDecimal("1.50")),
            v("-12.34", new BigDecimal("-12.34")),
            v("99999999.99", new BigDecimal("99999999.99")),
            v("-99999999.99", new BigDecimal("-99999999.99"))));
    cases.add(
        of(
            "decimal-18-18",
            new DataType.Decimal(18, 18),
            v("0", new BigDecimal("0.000000000000000000")),
            v("'0.000000000000000001'", new BigDecimal("0.000000000000000001")),
            v("'-0.999999999999999999'", new BigDecimal("-0.999999999999999999"))));
    cases.add(
        of(
            "decimal-38-0",
            new DataType.Decimal(38, 0),
            v(
                "'99999999999999999999999999999999999999'",
                new BigDecimal("99999999999999999999999999999999999999")),
            NULL,
            v(
                "'-99999999999999999999999999999999999999'",
                new BigDecimal("-99999999999999999999999999999999999999")),
            v("1000", new BigDecimal("1000")),
            v("'18446744073709551616'", new BigDecimal("18446744073709551616")),
            v("'-9223372036854775809'", new BigDecimal("-9223372036854775809"))));
    cases.add(
        of(
            "decimal-38-18",
            new DataType.Decimal(38, 18),
            v(
                "'-99999999999999999999.999999999999999999'",
                new BigDecimal("-99999999999999999999.999999999999999999")),
            v("0", new BigDecimal("0.000000000000000000")),
            v("'-0.000000000000000001'", new BigDecimal("-0.000000000000000001"))));
    cases.addAll(nested());
    return cases;
  }

  private static GoldenCase floats() {
    return of(
        "float",
        Simple.FLOAT,
        v("0.1", 0.1f),
        NULL,
        v("'-0.0'", -0.0f),
        v("'NaN'", Float.NaN),
        v("'Infinity'", Float.POSITIVE_INFINITY),
        v("'-Infinity'", Float.NEGATIVE_INFINITY),
        v("'3.4028235E38'", Float.MAX_VALUE),
        v("'1.4E-45'", Float.MIN_VALUE),
        v("16777216", 16777216f),
        v("'16777218'", 16777218f),
        v("'1.0E10'", 1.0E10f),
        v("'-123456.79'", -123456.79f));
  }

  private static GoldenCase doubles() {
    return of(
        "double",
        Simple.DOUBLE,
        v("'0.1'", 0.1),
        NULL,
        v("'-0.0'", -0.0),
        v("'NaN'", Double.NaN),
        v("'Infinity'", Double.POSITIVE_INFINITY),
        v("'-Infinity'", Double.NEGATIVE_INFINITY),
        v("'1.7976931348623157E308'", Double.MAX_VALUE),
        v("'4.9E-324'", Double.MIN_VALUE));
  }

  private static GoldenCase strings(String name, DataType type) {
    return of(
        name,
        type,
        v("'plain'", "plain"),
        NULL,
        v("''", ""),
        v("' blanks '", " blanks "),
        v("'it\\'s \"quoted\" \\\\ \\n\\t'", "it's \"quoted\" \\ \n\t"),
        v("'π 🦊 \\u00e9'", "π 🦊 é"),
        v("'NULL'", "NULL"));
  }

  private static GoldenCase dates() {
    List<Value> values = new ArrayList<>();
    values.add(NULL);
    for (String date :
        List.of(
            "0001-01-01",
            "1582-10-04",
            "1582-10-15",
            "1969-12-31",
            "1970-01-01",
            "2024-02-29",
            "9999-12-31")) {
      values.add(v("'" + date + "'", LocalDate.parse(date)));
    }
    values.add(v("date_add(DATE'9999-12-31', 1)", LocalDate.of(10_000, 1, 1)));
    values.add(v("date_add(DATE'0001-01-01', -366)", LocalDate.of(0, 1, 1)));
    values.add(v("date_add(DATE'0001-01-01', -367)", LocalDate.of(-1, 12, 31)));
    return new GoldenCase("date", Simple.DATE, UTC, values);
  }

  private static GoldenCase timestamps(ZoneId zone) {
    List<Value> values = new ArrayList<>();
    values.add(NULL);
    for (String time :
        List.of(
            "0001-01-01T12:00:00Z",
            "1582-10-15T00:00:00Z",
            "1883-11-18T20:00:00Z",
            "1899-12-31T23:59:59.999999Z",
            "1937-06-30T23:40:28Z",
            "1969-12-31T23:59:59.999999Z",
            "1970-01-01T00:00:00Z",
            "2024-02-29T12:34:56.789012Z",
            "2024-03-10T09:59:59.1Z",
            "2024-03-10T10:00:00.100Z",
            "2024-11-03T08:30:00Z",
            "2024-11-03T09:30:00.000001Z",
            "2500-07-01T00:00:00Z",
            "9999-12-30T23:59:59.999999Z")) {
      Instant instant = Instant.parse(time);
      long micros =
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
      values.add(v("timestamp_micros(" + micros + ")", instant));
    }
    String name = "timestamp-" + zone.getId().replace('/', '-').replace(':', '-');
    return new GoldenCase(name, Simple.TIMESTAMP, zone, values);
  }

  private static GoldenCase timestampsWithoutZone() {
    List<Value> values = new ArrayList<>();
    values.add(NULL);
    for (String time :
        List.of(
            "0001-01-01T00:00:00",
            "1969-12-31T23:59:59.999999",
            "2024-03-10T02:30:00.5",
            "9999-12-31T23:59:59.999999")) {
      values.add(v("'" + time.replace('T', ' ') + "'", LocalDateTime.parse(time)));
    }
    return new GoldenCase(
        "timestamp_ntz", Simple.TIMESTAMP_NTZ, ZoneId.of("America/Los_Angeles"), values);
  }

  private static List<GoldenCase> nested() {
    List<GoldenCase> cases = new ArrayList<>();
    cases.add(
        of(
            "array-int",
            new DataType.Array(Simple.INT, true),
            v("array(1, NULL, -3)", asList(1, null, -3)),
            NULL,
            v("array()", List.of())));
    cases.add(
        of(
            "array-string",
            new DataType.Array(Simple.STRING, true),
            v(
                "array('a', NULL, '', 'NULL', 'say \"hi\"', 'a,b')",
                asList("a", null, "", "NULL", "say \"hi\"", "a,b"))));
    cases.add(
        of(
            "array-array",
            new DataType.Array(new DataType.Array(Simple.DOUBLE, true), true),
            v(
                "array(array(double('NaN'), 1.0D, -0.0D), array(), NULL, array(1e10D, 1e-5D, 123456789.125D))",
                asList(
                    asList(Double.NaN, 1.0, -0.0),
                    List.of(),
                    null,
                    asList(1e10, 1e-5, 123456789.125)))));
    cases.add(
        of(
            "array-scalars",
            new DataType.Array(
                struct(
                    List.of("b", "t", "f", "d", "x", "dt", "ts", "ntz"),
                    List.of(
                        Simple.BOOLEAN,
                        Simple.TINYINT,
                        Simple.FLOAT,
                        new DataType.Decimal(12, 3),
                        Simple.BINARY,
                        Simple.DATE,
                        Simple.TIMESTAMP,
                        Simple.TIMESTAMP_NTZ)),
                true),
            v(
                "array(named_struct('b', true, 't', 1Y, 'f', float(0.1), 'd', 1.5, 'x', X'6162', 'dt', DATE'0001-01-01', 'ts', TIMESTAMP'2024-02-29 12:34:56.5 UTC', 'ntz', TIMESTAMP_NTZ'2024-02-29 12:34:56'))",
                List.of(
                    List.of(
                        true,
                        (byte) 1,
                        0.1f,
                        new BigDecimal("1.500"),
                        "ab".getBytes(StandardCharsets.UTF_8),
                        LocalDate.of(1, 1, 1),
                        Instant.parse("2024-02-29T12:34:56.5Z"),
                        LocalDateTime.parse("2024-02-29T12:34:56"))))));
    Map<Object, Object> words = new LinkedHashMap<>();
    words.put("b", 2);
    words.put("a", null);
    words.put("", 0);
    words.put("say \"hi\"", 4);
    Map<Object, Object> numbers = new LinkedHashMap<>();
    numbers.put(10, "ten");
    numbers.put(9, null);
    cases.add(
        of(
            "map-string-int",
            new DataType.Map(Simple.STRING, Simple.INT, true),
            v("map('b', 2, 'a', CAST(NULL AS INT), '', 0, 'say \"hi\"', 4)", words),
            NULL,
            v("map()", new HashMap<>())));
    cases.add(
        of(
            "map-int-string",
            new DataType.Map(Simple.INT, Simple.STRING, true),
            v("map(10, 'ten', 9, CAST(NULL AS STRING))", numbers)));
    DataType.Struct inner = struct(List.of("p", "qR"), List.of(Simple.INT, Simple.STRING));
    cases.add(
        of(
            "struct",
            inner,
            v("named_struct('p', 1, 'qR', 'x\"y')", asList(1, "x\"y")),
            NULL,
            v("named_struct('p', NULL, 'qR', NULL)", asList(null, null))));
    Map<Object, Object> deep = new LinkedHashMap<>();
    deep.put("k", asList(asList(1, "one"), null));
    cases.add(
        of(
            "map-array-struct",
            new DataType.Map(Simple.STRING, new DataType.Array(inner, true), true),
            v("map('k', array(named_struct('p', 1, 'qR', 'one'), NULL))", deep)));
    return cases;
  }

  private static DataType.Struct struct(List<String> names, List<DataType> types) {
    List<DataType.Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(new DataType.Field(names.get(i), types.get(i), true));
    }
    return new DataType.Struct(fields);
  }

  private static GoldenCase of(String name, DataType type, Value... values) {
    return new GoldenCase(name, type, UTC, List.of(values));
  }

  private static Value v(String sql, Object java) {
    return new Value(sql, java);
  }

  @Override
  public String toString() {
    return name;
  }
}
