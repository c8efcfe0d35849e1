// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import io.kitsune.router.Engine;
import io.kitsune.router.StatementFacts;
import io.kitsune.router.Workload;
import io.kitsune.router.history.HistoryEntry.Considered;
import io.kitsune.router.history.HistoryEntry.End;
import io.kitsune.router.history.HistoryEntry.EngineRun;
import io.kitsune.router.history.HistoryEntry.FailedAttempt;
import io.kitsune.router.history.HistoryEntry.Refused;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Entries as rows. What is too long for its column is cut: a history is no archive. */
final class HistoryRows {
  private static final int TEXT = 10_000;
  private static final int ELEMENT = 600;
  private static final int ELEMENTS = 100;

  private HistoryRows() {}

  static void bind(PreparedBatch row, HistoryEntry entry) {
    StatementFacts facts = entry.facts();
    row.bind("decided", facts.at().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
        .bind("fingerprint", cut(facts.fingerprint(), 16))
        .bind("text", cut(entry.text(), TEXT))
        .bind("user_name", cut(facts.user(), 256))
        .bind("real_user", cut(facts.realUser(), 256))
        .bind("address", cut(facts.address(), 64))
        .bind("client", cut(facts.client(), 128))
        .bind("kind", cut(facts.kind(), 64))
        .bind("workload", facts.workload().type().id())
        .bind("workload_reason", cut(facts.workload().reason(), 500))
        .bindArray("tables", String.class, cut(facts.tables()))
        .bind("bytes", boxed(facts.bytes()))
        .bind("scan_rows", boxed(facts.rows()))
        .bind("partition_predicate", facts.partitionPredicate().orElse(null))
        .bind("engine", entry.engine().map(Engine::id).orElse(null))
        .bind("predicted_micros", micros(entry.predicted()))
        .bind("elapsed_micros", micros(entry.elapsed()))
        .bind("result_rows", entry.rows())
        .bind("ended", entry.end().name().toLowerCase(Locale.ROOT))
        .bind("error_code", entry.errorCode().isEmpty() ? null : cut(entry.errorCode(), 100))
        .bindArray(
            "candidates",
            String.class,
            cut(
                entry.candidates().stream()
                    .map(each -> each.engine().id() + "=" + micros(each.predicted()))
                    .toList()))
        .bindArray(
            "vetoes",
            String.class,
            cut(
                entry.vetoes().stream()
                    .map(each -> each.engine().id() + "=" + each.construct())
                    .toList()))
        .bindArray(
            "failed_attempts",
            String.class,
            cut(entry.failedAttempts().stream().map(HistoryRows::text).toList()))
        .bind("run_micros", entry.run().map(run -> micros(run.took())).orElse(null))
        .bind("scan_files", entry.run().map(EngineRun::files).orElse(null));
  }

  static HistoryEntry entry(ResultSet row) throws SQLException {
    StatementFacts facts =
        new StatementFacts(
            row.getObject("decided", OffsetDateTime.class).toInstant(),
            row.getString("fingerprint"),
            row.getString("user_name"),
            known(row.getString("real_user")),
            known(row.getString("address")),
            row.getString("client"),
            row.getString("kind"),
            new Workload(
                Workload.Type.valueOf(row.getString("workload").toUpperCase(Locale.ROOT)),
                row.getString("workload_reason")),
            texts(row, "tables"),
            number(row, "bytes"),
            number(row, "scan_rows"),
            flag(row, "partition_predicate"));
    String errorCode = row.getString("error_code");
    String engine = row.getString("engine");
    return new HistoryEntry(
        row.getLong("id"),
        facts,
        row.getString("text"),
        engine == null ? Optional.empty() : Engine.parse(engine),
        duration(row.getLong("predicted_micros")),
        duration(row.getLong("elapsed_micros")),
        row.getLong("result_rows"),
        End.valueOf(row.getString("ended").toUpperCase(Locale.ROOT)),
        errorCode == null ? "" : errorCode,
        texts(row, "candidates").stream().flatMap(text -> considered(text).stream()).toList(),
        texts(row, "vetoes").stream().flatMap(text -> refused(text).stream()).toList(),
        texts(row, "failed_attempts").stream().flatMap(text -> failed(text).stream()).toList(),
        run(row));
  }

  private static Optional<EngineRun> run(ResultSet row) throws SQLException {
    OptionalLong took = number(row, "run_micros");
    return took.isEmpty()
        ? Optional.empty()
        : Optional.of(new EngineRun(duration(took.getAsLong()), row.getLong("scan_files")));
  }

  private static String text(FailedAttempt attempt) {
    return String.join(
        "=", attempt.engine().id(), attempt.code(), attempt.sqlState(), attempt.message());
  }

  private static Optional<FailedAttempt> failed(String text) {
    String[] parts = text.split("=", 4);
    return Engine.parse(parts[0])
        .map(engine -> new FailedAttempt(engine, parts[1], parts[2], parts[3]));
  }

  private static Optional<Considered> considered(String text) {
    int equals = text.indexOf('=');
    return Engine.parse(text.substring(0, equals))
        .map(
            engine -> new Considered(engine, duration(Long.parseLong(text.substring(equals + 1)))));
  }

  private static Optional<Refused> refused(String text) {
    int equals = text.indexOf('=');
    return Engine.parse(text.substring(0, equals))
        .map(engine -> new Refused(engine, text.substring(equals + 1)));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    if (array == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Object element : (Object[]) array.getArray()) {
      texts.add(element.toString());
    }
    return texts;
  }

  private static String known(String text) {
    return text == null ? "" : text;
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static Optional<Boolean> flag(ResultSet row, String column) throws SQLException {
    boolean value = row.getBoolean(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  private static Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  private static Duration duration(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  private static List<String> cut(List<String> texts) {
    return texts.stream().limit(ELEMENTS).map(text -> cut(text, ELEMENT)).toList();
  }

  /** A database's characters are code points or UTF-16 units; NUL is none of PostgreSQL's. */
  private static String cut(String text, int length) {
    String whole = text.replace('\0', ' ');
    return whole.length() <= length ? whole : whole.substring(0, length);
  }
}
