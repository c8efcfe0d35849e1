// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.error.KitsuneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryCheckTest extends DuckDbTestBase {
  private String own;
  private String foreign;

  @BeforeEach
  void writeFiles() throws Exception {
    own = parquet("own.parquet", "SELECT range AS n FROM range(10)");
    foreign = parquet("foreign.parquet", "SELECT 1000 + range AS n FROM range(10)");
  }

  @Test
  void readsItsOwnFiles() {
    assertThat(
            read(
                query(
                    "SELECT sum(n)::BIGINT AS n FROM read_parquet(" + list(own) + ")",
                    Set.of(own),
                    N)))
        .isEqualTo(List.of(List.of(45L)));
  }

  @Test
  void readsColumnsByName() {
    String text =
        "SELECT n FROM read_parquet(%s, hive_partitioning=false, schema=MAP{'n': {name: 'n', type: 'BIGINT', default_value: NULL}}) WHERE n < 2 ORDER BY n"
            .formatted(list(own));

    assertThat(read(query(text, Set.of(own), N))).isEqualTo(List.of(List.of(0L), List.of(1L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT n FROM read_parquet(['%2$s'])",
        "SELECT n FROM read_parquet('%2$s')",
        "SELECT n FROM '%2$s'",
        "SELECT n FROM \"%2$s\"",
        "SELECT n FROM parquet_scan(['%1$s'])",
        "SELECT n FROM read_parquet(['%1$s', '%2$s'])",
        "SELECT n FROM read_parquet(['%1$s' || ''])",
        "SELECT n FROM read_parquet(concat('%2$s'))",
        "SELECT n FROM read_parquet(['%3$s/*.parquet'])",
        "SELECT n FROM read_parquet(['%3$s/[fo]oreign.parquet'])",
        "SELECT n FROM read_parquet(['file://%1$s'])",
        "SELECT n FROM read_parquet(['%3$s/../%4$s/foreign.parquet'])",
        "SELECT n FROM read_parquet(['%1$s'], encryption_config={footer_key: 'k'})",
        "SELECT (SELECT max(n) FROM read_parquet(['%2$s'])) AS n FROM read_parquet(['%1$s'])",
        "SELECT n FROM read_parquet(['%1$s']) WHERE n IN (SELECT n FROM read_parquet(['%2$s']))",
        "SELECT n FROM read_parquet(['%1$s']) UNION ALL SELECT n FROM read_parquet(['%2$s'])",
        "WITH q AS (SELECT n FROM read_parquet(['%2$s'])) SELECT n FROM q",
        "SELECT n FROM read_parquet(['%1$s']) ORDER BY (SELECT max(n) FROM read_parquet(['%2$s']))",
        "SELECT n FROM (WITH \"%2$s\" AS (SELECT 1 AS n) SELECT n FROM \"%2$s\") a, \"%2$s\"",
        "WITH a AS (SELECT n FROM \"%2$s\"), \"%2$s\" AS (SELECT 1 AS n) SELECT n FROM a",
        "WITH \"%2$s\" AS (SELECT n FROM \"%2$s\") SELECT n FROM \"%2$s\"",
        "SELECT 1 AS n FROM read_text('%2$s')",
        "SELECT 1 AS n FROM read_blob('%2$s')",
        "SELECT 1 AS n FROM read_csv('%2$s')",
        "SELECT 1 AS n FROM read_json('%2$s')",
        "SELECT 1 AS n FROM glob('%3$s/*')",
        "SELECT 1 AS n FROM parquet_metadata('%2$s')",
        "SELECT 1 AS n FROM query('SELECT 1')",
        "SELECT 1 AS n FROM query_table('%2$s')",
        "SELECT 1 AS n FROM duckdb_settings()",
        "SELECT 1 AS n FROM duckdb_secrets()",
        "SELECT 1 AS n FROM information_schema.tables",
        "SELECT 1 AS n FROM pg_catalog.pg_class",
        "SELECT n FROM nowhere",
        "SELECT 1 AS n; SELECT 2 AS n",
        "COPY (SELECT 1) TO '%3$s/written.parquet'",
        "COPY (SELECT 1) TO '%1$s'",
        "SELECT 1 AS n; COPY (SELECT 1) TO '%3$s/written.parquet'",
        "ATTACH '%3$s/written.db'",
        "CREATE TABLE t (n INT)",
        "CREATE TEMP TABLE t AS SELECT 1 AS n",
        "INSERT INTO t VALUES (1)",
        "SET memory_limit = '100GB'",
        "SET TimeZone = 'Asia/Tokyo'",
        "PRAGMA database_list",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CALL duckdb_settings()",
        "EXPORT DATABASE '%3$s/written'",
        "EXPLAIN SELECT 1 AS n",
        "DESCRIBE SELECT 1 AS n",
        "SHOW TABLES",
        "PIVOT read_parquet(['%1$s']) ON n USING count(*)",
        "FROM read_parquet(['%1$s'])\nPIVOT (count(*) FOR n IN (1))",
      })
  void refusesEverythingElse(String text) {
    KitsuneException failure =
        failure(query(text.formatted(own, foreign, folder, folder.getFileName()), Set.of(own), N));

    assertThat(failure.code()).as(failure.getMessage()).isEqualTo("ENGINE_QUERY_REFUSED");
    assertThat(failure.sqlState()).isEqualTo("42501");
    assertThat(folder.resolve("written.parquet")).doesNotExist();
    assertThat(folder.resolve("written.db")).doesNotExist();
    assertThat(folder.resolve("written")).doesNotExist();
    assertThat(
            read(
                query("SELECT count(*) AS n FROM read_parquet(" + list(own) + ")", Set.of(own), N)))
        .isEqualTo(List.of(List.of(10L)));
  }

  @Test
  void aTextSeenBeforeIsStillHeldToTheFilesOfItsDispatch() {
    String text = "SELECT count(*) AS n FROM read_parquet(" + list(own) + ")";

    assertThat(read(query(text, Set.of(own), N))).isEqualTo(List.of(List.of(10L)));
    assertThat(failure(query(text, Set.of(foreign), N)).code()).isEqualTo("ENGINE_QUERY_REFUSED");
  }

  @Test
  void filesWithGlobCharactersAreReadByTheirEscapedNames() throws Exception {
    String bracket = parquet("[1]*?.parquet", "SELECT 7::BIGINT AS n");
    String decoy = parquet("1.parquet", "SELECT 8::BIGINT AS n");
    String escaped = folder + "/[[]1][*][?].parquet";

    assertThat(read(query("SELECT n FROM read_parquet(" + list(escaped) + ")", Set.of(bracket), N)))
        .isEqualTo(List.of(List.of(7L)));
    assertThat(
            failure(
                    query(
                        "SELECT n FROM read_parquet(" + list(bracket) + ")",
                        Set.of(bracket, decoy),
                        N))
                .code())
        .isEqualTo("ENGINE_QUERY_REFUSED");
  }

  @Test
  void takesTheFormsThatTheWriterUses() {
    String text =
        """
        WITH recent AS MATERIALIZED (SELECT n, n %% 3 AS k FROM read_parquet(%1$s) AS t(n)),
          RECURSIVE_NAME AS (SELECT k, count(*) AS c, sum(n) FILTER (WHERE n > 2) AS s FROM recent GROUP BY ROLLUP (k))
        SELECT CAST(coalesce(sum(r.c), 0) AS BIGINT) AS n
        FROM recursive_name AS r
        LEFT JOIN (SELECT DISTINCT k FROM recent WHERE n BETWEEN 1 AND 8 OR n IN (SELECT n FROM recent)) AS d ON r.k = d.k
        CROSS JOIN (VALUES (1), (2)) AS v(x)
        WHERE EXISTS (SELECT 1 FROM recent AS e WHERE e.k = d.k)
          AND CASE WHEN v.x = 1 THEN TRUE ELSE r.c > 0 END
          AND DATE '2020-01-01' + INTERVAL 1 DAY > DATE '2020-01-01'
        UNION ALL
        SELECT CAST(max(rank) AS BIGINT) FROM (SELECT rank() OVER (PARTITION BY k ORDER BY n DESC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS rank FROM recent)
        EXCEPT (SELECT -1::BIGINT INTERSECT SELECT -1::BIGINT)
        ORDER BY n DESC NULLS FIRST LIMIT 5 OFFSET 0
        """
            .formatted(list(own));

    assertThat(read(query(text, Set.of(own), N))).isNotEmpty();
  }

  @Test
  void takesALongUnionAndALongChainOfConditions() {
    StringBuilder text =
        new StringBuilder("SELECT n FROM read_parquet(" + list(own) + ") WHERE n < 0");
    for (int i = 0; i < 300; i++) {
      text.append(" OR n + 1 = ").append(-i);
    }
    for (int i = 0; i < 150; i++) {
      text.append(" UNION ALL SELECT n FROM read_parquet(").append(list(own)).append(")");
    }

    assertThat(read(query(text.toString(), Set.of(own), N))).hasSize(1_500);
  }

  @Test
  void nothingOutsideTheAllowedDirectoriesIsOpened() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    DuckDbSettings all = DuckDbSettings.defaults(temporary());
    open(
        new DuckDbSettings(
            all.memoryLimitBytes(),
            all.threads(),
            all.temporaryDirectory(),
            all.maxTemporaryBytes(),
            List.of(other),
            all.maxRunning(),
            all.maxOpen(),
            all.closeTimeout()));
    String inside = parquet("other/inside.parquet", "SELECT 1::BIGINT AS n");

    assertThat(read(query("SELECT n FROM read_parquet(" + list(inside) + ")", Set.of(inside), N)))
        .isEqualTo(List.of(List.of(1L)));
    KitsuneException failure =
        failure(query("SELECT n FROM read_parquet(" + list(own) + ")", Set.of(own), N));
    assertThat(failure.sqlState()).isEqualTo("42501");
  }

  @Test
  void aResultOfOtherTypesThanAnnouncedIsAnError() {
    KitsuneException failure =
        failure(query("SELECT 1 AS n", Set.of(), Column.of("n", Simple.BIGINT)));

    assertThat(failure.code()).isEqualTo("ENGINE_RESULT_TYPE");
    assertThat(failure.getMessage()).contains("'n'", "bigint");
    assertThat(failure(query("SELECT 1::BIGINT AS n, 2 AS m", Set.of(), N)).code())
        .isEqualTo("ENGINE_RESULT_TYPE");
  }
}
