// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.workload;

import io.kitsune.router.Engine;
import io.kitsune.router.Statement;
import io.kitsune.router.Workload;
import io.kitsune.router.Workload.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;

/** Tells what a statement is a part of. The first of its rules that fits decides. */
public final class WorkloadClassifier {
  /** Read by any engine in a moment. */
  private static final long SMALL_BYTES = 256L << 20;

  /** More than anybody looks at. */
  private static final long FEW_ROWS = 10_000;

  /** So often lately. */
  private static final int OFTEN = 3;

  /** Nobody waits for longer. */
  private static final long PATIENCE_MILLIS = 30_000;

  private static final String FLINK_MODE = "execution.runtime-mode";

  private WorkloadClassifier() {}

  /**
   * What is known of statements with the same fingerprint.
   *
   * @param runs how often they came to their end, lately
   * @param typicalMillis how long they took, lately
   */
  public record KnownRuns(int runs, long typicalMillis) {}

  /**
   * The workload.
   *
   * @param possible the engines that could take it
   * @param client as {@link ClientApplication#of} has it
   * @param bytes that its scans would read
   */
  public static Workload classify(
      Statement statement,
      Set<Engine> possible,
      Map<String, String> configuration,
      String client,
      OptionalLong bytes,
      Optional<KnownRuns> known) {
    String kind = StatementKind.of(statement);
    boolean flink = statement instanceof Statement.Flink || possible.equals(Set.of(Engine.FLINK));
    if (flink
        && (kind.equals("query") || kind.equals("insert"))
        && !configuration.getOrDefault(FLINK_MODE, "").equalsIgnoreCase("batch")) {
      return new Workload(Type.CONTINUOUS, "only Flink can run it, and not in batch mode");
    }
    if (statement instanceof Statement.Write || kind.equals("insert")) {
      return new Workload(Type.BATCH_WRITE, kind);
    }
    if (!kind.equals("query")) {
      return new Workload(Type.MAINTENANCE, kind);
    }
    if (ClientApplication.isDashboard(client)) {
      return new Workload(Type.INTERACTIVE, client + " is a dashboard");
    }
    if (known.isPresent()
        && known.get().runs() >= OFTEN
        && known.get().typicalMillis() <= PATIENCE_MILLIS) {
      return new Workload(
          Type.INTERACTIVE,
          "asked %d times lately, %d ms each or so"
              .formatted(known.get().runs(), known.get().typicalMillis()));
    }
    if (bytes.isPresent() && bytes.getAsLong() <= SMALL_BYTES) {
      return new Workload(
          Type.INTERACTIVE, String.format(Locale.ROOT, "reads %.1f MB", bytes.getAsLong() / 1e6));
    }
    OptionalLong limit = limit(statement);
    if (limit.isPresent() && limit.getAsLong() <= FEW_ROWS) {
      return new Workload(Type.INTERACTIVE, "LIMIT " + limit.getAsLong());
    }
    return new Workload(
        Type.EXPLORATION, bytes.isPresent() ? "a query over much data" : "a query of unknown size");
  }

  private static OptionalLong limit(Statement statement) {
    SqlNode tree = statement instanceof Statement.Query query ? query.tree() : null;
    if (tree instanceof SqlOrderBy ordered
        && ordered.fetch instanceof SqlLiteral literal
        && literal.getValue() instanceof java.math.BigDecimal number
        && number.signum() >= 0
        && number.scale() <= 0
        && number.precision() < 18) {
      return OptionalLong.of(number.longValue());
    }
    return OptionalLong.empty();
  }
}
