// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.TableName;
import io.kitsune.router.Statement;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.resolution.TestResolutions;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told to the planner of each table: nothing that does not certainly hold. */
class ScanPredicatesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select id from t where id = 1 | ref(name=\"id\") == 1",
        "select id from t where 1 < id | ref(name=\"id\") > 1",
        "select id from t where id between 1 and 3 | (ref(name=\"id\") >= 1 and ref(name=\"id\") <= 3)",
        "select id from t where big > 5 | ref(name=\"big\") > 5",
        "select id from t where dec < 24 | ref(name=\"dec\") < 24.00",
        "select id from t where dec >= 0.06 - 0.01 | true",
        "select id from t where day >= date '1994-01-01' | ref(name=\"day\") >= \"1994-01-01\"",
        "select id from t where day < date '1994-01-01' + interval '1' year | ref(name=\"day\") < \"1995-01-01\"",
        "select id from t where day < '1995-01-01' | ref(name=\"day\") < \"1995-01-01\"",
        "select id from t where ts >= '2024-01-01' | ref(name=\"ts\") >= 1704063600000000",
        "select id from t where ts < timestamp '2024-07-01 12:00:00.5' | ref(name=\"ts\") < 1719828000500000",
        "select id from t where s = 'x' | ref(name=\"s\") == \"x\"",
        "select id from t where s in ('x', 'y') | ref(name=\"s\") in (\"x\", \"y\")",
        "select id from t where s is not null | not_null(ref(name=\"s\"))",
        "select id from t where id = 1 or s = 'x' | (ref(name=\"id\") == 1 or ref(name=\"s\") == \"x\")",
        "select id from t where id = 1 or length(s) = 3 | true",
        "select id from t where (id = 1 and length(s) = 3) or id = 2 | (ref(name=\"id\") == 1 or ref(name=\"id\") == 2)",
        "select id from t where not id = 1 | true",
        "select id from t where id <=> 1 | true",
        "select id from t where dec = 1.005 | true",
        "select id from t where id = 1.5 | true",
        "select id from t where dbl > 1 | true",
        "select id from t where id + 1 = 2 | true",
        "select id from t where id = big | true",
        "select id from (select id from t) where id = 1 | ref(name=\"id\") == 1",
        "select x from (select id as x, count(*) as n from t group by id) where x = 1 and n = 2 | ref(name=\"id\") == 1",
        "select x from (select id as x from t limit 5) where x = 1 | true",
        "select x from (select id as x, row_number() over (order by id) as n from t) where x = 1 | true",
        "select x from (select id + 1 as x from t) where x = 1 | true",
        "select id, count(*) from t group by id having id = 1 | ref(name=\"id\") == 1",
        "select count(*) from t having count(*) = 1 | true",
        "select x from (select id as x, count(*) as n from t group by rollup(id)) where x is null | true",
        "with c as (select id from t) select * from c where id = 1 | true",
        "with c as (select id from t where id = 1) select * from c | ref(name=\"id\") == 1",
        "select t.id from t left join u on t.id = u.k where t.id = 1 | ref(name=\"id\") == 1",
        "select t.id from t left join u on t.id = u.k and t.id = 1 | true",
        "select t.id from u left join t on t.id = u.k and t.id = 1 | ref(name=\"id\") == 1",
        "select t.id from u left join t on t.id = u.k where t.id = 1 | true",
        "select t.id from t right join u on t.id = u.k where t.id = 1 | true",
        "select t.id from t full join u on t.id = u.k where t.id = 1 | true",
        "select t.id from t full join u on t.id = u.k and t.id = 1 | true",
        "select t.id from t join u on t.id = u.k and t.id = 1 | ref(name=\"id\") == 1",
        "select t.id from t left semi join u on t.id = u.k and t.id = 1 | ref(name=\"id\") == 1",
        "select t.id from t left anti join u on t.id = u.k and t.id = 1 | true",
        "select t.id from t left anti join u on t.id = u.k where t.id = 1 | ref(name=\"id\") == 1",
        "select u.k from u left anti join t on t.id = u.k and t.id = 1 | ref(name=\"id\") == 1",
        "select k from u where k in (select id from t where id = 1) | ref(name=\"id\") == 1",
        "select k from u where exists (select 1 from t where id = k and id = 1) | ref(name=\"id\") == 1",
        "select k from u where k = 1 and exists (select 1 from t where id = k) | true",
        "select id from t where id = 1 union all select k from u | ref(name=\"id\") == 1",
        "select case when id = 1 then 2 end as x from t | true",
      })
  void predicateOfT(String sql, String predicate) {
    assertThat(predicate("t", sql)).isEqualTo(predicate);
  }

  @Test
  void onlyColumnsThatAreNamedAreRead() {
    Analysis analysis =
        analyze("select count(*), max(s) from t join u on id = k where day is null");
    assertThat(analysis.scans().get(0).request().columns())
        .containsExactlyInAnyOrder("s", "id", "day");
    assertThat(analysis.scans().get(1).request().columns()).containsExactly("k");
    assertThat(analyze("select count(*) from t").scans().get(0).request().columns()).isEmpty();
  }

  private static String predicate(String table, String sql) {
    return analyze(sql).scans().stream()
        .map(Analysis.Scan::request)
        .filter(request -> request.table().name().table().equals(table))
        .findFirst()
        .orElseThrow()
        .predicate()
        .toString();
  }

  private static Analysis analyze(String sql) {
    Statement.Query query = (Statement.Query) new StatementReader().read(sql);
    return Analyzer.analyze(
        query.tree(),
        TestResolutions.of(query.tree(), ScanPredicatesTest::table),
        ZoneId.of("Europe/Berlin"));
  }

  private static HiveTable table(String name) {
    List<Column> columns =
        name.equals("t")
            ? List.of(
                Column.of("id", Simple.INT),
                Column.of("big", Simple.BIGINT),
                Column.of("dec", new DataType.Decimal(15, 2)),
                Column.of("day", Simple.DATE),
                Column.of("s", Simple.STRING),
                Column.of("ts", Simple.TIMESTAMP),
                Column.of("dbl", Simple.DOUBLE))
            : List.of(Column.of("k", Simple.INT));
    return new HiveTable(
        TableName.of("spark_catalog", "default", name),
        columns,
        List.of(),
        HiveTable.FileFormat.PARQUET,
        "file:/nowhere",
        HiveTable.Kind.EXTERNAL,
        Map.of(),
        "");
  }
}
