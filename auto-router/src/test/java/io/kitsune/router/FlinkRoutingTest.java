// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.TableName;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirection;
import io.kitsune.redirection.Redirections;
import io.kitsune.router.Statement.Flink.Effect;
import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.Statement.TableReference.Role;
import io.kitsune.router.Statement.TimeTravel;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.reading.ReadingLimits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes to Flink, and as which text. */
final class FlinkRoutingTest {
  private static final Map<String, String> ASKED = Map.of("kitsune.engine", "flink");

  private final MemoryCatalogs catalogs =
      new MemoryCatalogs().table("spark_catalog", "default", "t", "a");
  private List<EngineStatus> engines =
      List.of(
          new EngineStatus(Engine.SPARK, EngineStatus.State.READY, ""),
          new EngineStatus(Engine.FLINK, EngineStatus.State.COLD, "not started yet"));

  private Redirections redirections = Redirections.none();

  private RoutingDecision decide(String text, Map<String, String> configuration) {
    FlinkTables flink = new OneWord("t");
    Router router =
        new Router(
            catalogs,
            request -> {
              throw new IllegalStateException("nothing is planned for Flink");
            },
            () -> redirections,
            () -> engines,
            Map.of(),
            CostModel.DEFAULT,
            ReadingLimits.DEFAULT,
            flink);
    return router.decide(
        text,
        new SessionState("ann", "spark_catalog", List.of("default"), configuration, Map.of()));
  }

  /** Flink has tables of its own, and its grammar is that every such word is a table. */
  private record OneWord(String table) implements FlinkTables {
    @Override
    public boolean has(List<String> parts) {
      return List.of("clicks", table).contains(parts.get(parts.size() - 1)) && parts.size() == 1;
    }

    @Override
    public List<TableReference> named(String text) {
      if (text.contains("!")) {
        throw new KitsuneException("FLINK_SYNTAX_ERROR", "42601", "Encountered \"!\".");
      }
      int start = text.indexOf(" " + table + " ") + 1;
      return start == 0
          ? List.of()
          : List.of(
              new TableReference(
                  List.of(table),
                  Role.READ,
                  start,
                  start + table.length(),
                  Veto.Position.NONE,
                  new TimeTravel.None(),
                  -1));
    }
  }

  private static String sent(RoutingDecision decision) {
    assertThat(decision.chosen().engine()).isEqualTo(Engine.FLINK);
    return ((Dispatch.FlinkStatement) decision.dispatch()).text();
  }

  @Test
  void anInsertFromAFlinkTableGoesToFlinkWithSharedTablesInFull() {
    RoutingDecision decision = decide("INSERT INTO t SELECT x FROM clicks -- go", Map.of());

    assertThat(sent(decision))
        .isEqualTo("INSERT INTO `spark_catalog`.`default`.`t` SELECT x FROM clicks -- go");
    assertThat(decision.vetoes())
        .singleElement()
        .satisfies(
            veto -> {
              assertThat(veto.engine()).isEqualTo(Engine.SPARK);
              assertThat(veto.construct()).isEqualTo("table clicks");
            });
  }

  @Test
  void onlyWhatIsReadAsAQueryIsKnownToChangeNothing() {
    assertThat(effect("SELECT a FROM t")).isEqualTo(Effect.NONE);
    assertThat(effect("SHOW JOBS")).isEqualTo(Effect.NONE);
    assertThat(effect("INSERT INTO t SELECT 1")).isEqualTo(Effect.POSSIBLE);
    assertThat(effect("STOP JOB 'x'")).isEqualTo(Effect.POSSIBLE);
    assertThat(effect("SELECT * FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(ts)))"))
        .isEqualTo(Effect.POSSIBLE);
  }

  private Effect effect(String text) {
    return ((Statement.Flink) decide(text, ASKED).statement()).effect();
  }

  @Test
  void aSharedTableComesBeforeAFlinkTableOfItsName() {
    assertThat(decide("INSERT INTO t VALUES (1)", Map.of()).chosen().engine())
        .isEqualTo(Engine.SPARK);
  }

  @Test
  void whatTheUserSendsThereGoesThereAsItIs() {
    String windows =
        "SELECT * FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '1' MINUTE))";
    assertThat(sent(decide(windows + " ;", ASKED))).isEqualTo(windows);
    assertThat(sent(decide("SELECT a FROM t", ASKED)))
        .isEqualTo("SELECT a FROM `spark_catalog`.`default`.`t` AS `t`");
    assertThat(sent(decide("SHOW TABLES", ASKED))).isEqualTo("SHOW TABLES");
    assertThat(decide("SET kitsune.engine=auto", ASKED).chosen().engine())
        .isEqualTo(Engine.GATEWAY);
  }

  @Test
  void whatOnlyFlinkReadsNamesTheTablesThatNamesMean() {
    String set = "EXECUTE STATEMENT SET BEGIN INSERT INTO clicks SELECT a FROM t ; END";
    assertThat(sent(decide(set, Map.of())))
        .isEqualTo(set.replace(" t ", " `spark_catalog`.`default`.`t` "));
    catalogs.table("spark_catalog", "default", "t_now", "a");
    Redirection known =
        new Redirection(
            TableName.of("spark_catalog", "default", "t"),
            TableName.of("spark_catalog", "default", "t_now"),
            Phase.MIGRATED,
            Instant.EPOCH);
    redirections = name -> Optional.of(known).filter(moved -> moved.source().equals(name));

    RoutingDecision moved = decide(set, Map.of());

    assertThat(sent(moved)).isEqualTo(set.replace(" t ", " `spark_catalog`.`default`.`t_now` "));
    assertThat(moved.redirected()).hasSize(1);
    String windows = "SELECT * FROM TABLE(TUMBLE(TABLE t , DESCRIPTOR(ts)))";
    assertThat(sent(decide(windows, ASKED)))
        .isEqualTo(windows.replace(" t ", " `spark_catalog`.`default`.`t_now` "));
  }

  @Test
  void whatNeitherGrammarHasIsRefusedInFlinksWords() {
    assertThatThrownBy(() -> decide("SELECT * FROM TABLE(!", ASKED))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("Encountered \"!\"");
  }

  @Test
  void aSessionsSettingsGoWithIt() {
    Map<String, String> settings =
        Map.of("kitsune.engine", "flink", "execution.runtime-mode", "streaming");

    assertThat(decide("SELECT 1", settings).dispatch())
        .isEqualTo(new Dispatch.FlinkStatement("SELECT 1", settings));
  }

  @Test
  void aHintSendsOneStatementThere() {
    assertThat(sent(decide("SELECT /*+ ENGINE(flink) */ a FROM t", Map.of())))
        .isEqualTo("SELECT  a FROM `spark_catalog`.`default`.`t` AS `t`");
  }

  @Test
  void withoutFlinkTheReasonIsTold() {
    engines = List.of(new EngineStatus(Engine.SPARK, EngineStatus.State.READY, ""));

    assertThatThrownBy(() -> decide("SHOW JOBS", Map.of()))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("SHOW JOBS: It is Flink's.");
  }
}
