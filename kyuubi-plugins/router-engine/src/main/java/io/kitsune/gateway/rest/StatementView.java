// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.kitsune.engine.ExecutionProgress;
import io.kitsune.gateway.DirectStatement;
import io.kitsune.gateway.DirectStatement.State;
import io.kitsune.gateway.FailedAttempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIServiceConstants;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumnDesc;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TPrimitiveTypeEntry;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeId;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeQualifierValue;

/** A statement as JSON. What is not known (yet) is left out. */
final class StatementView {
  private StatementView() {}

  /** All that there is to say of it, but for its rows. */
  static ObjectNode of(RestStatement statement) {
    State state = statement.state();
    DirectStatement running = statement.running();
    ObjectNode json = Json.object();
    json.put("id", statement.id());
    statement.sharedSession().ifPresent(session -> json.put("sessionId", session));
    json.put("state", id(state));
    json.put("submitted", running.started().toString());
    json.put("elapsedMillis", running.elapsed().toMillis());
    json.set("progress", progress(running.progress(), state));
    running.decision().forEach(decision -> json.set("decision", DecisionView.of(decision)));
    ArrayNode failed = json.putArray("failedAttempts");
    running.failedAttempts().forEach(attempt -> failed.add(attempt(attempt)));
    statement.columns().ifPresent(columns -> json.set("columns", columns(columns)));
    json.put("rowsReturned", statement.rowsReturned());
    statement.nextPage().ifPresent(token -> json.put("nextPageToken", token));
    statement
        .failure()
        .ifPresent(failure -> json.set("error", Problem.of(failure).statementError()));
    return json;
  }

  /** As the other, with a page of its rows. */
  static ObjectNode with(RestStatement statement, Page page) {
    ObjectNode json = of(statement);
    put(json, page);
    return json;
  }

  /** A page by itself. */
  static ObjectNode page(RestStatement statement, Page page) {
    ObjectNode json = Json.object();
    json.put("id", statement.id());
    statement.columns().ifPresent(columns -> json.set("columns", columns(columns)));
    put(json, page);
    return json;
  }

  private static void put(ObjectNode json, Page page) {
    json.putRawValue("rows", new RawValue(page.rows()));
    json.remove("nextPageToken");
    page.next().ifPresent(token -> json.put("nextPageToken", token));
  }

  /** Where it stands and how far it is, which is what changes while it runs. */
  static ObjectNode event(RestStatement statement) {
    State state = statement.state();
    ObjectNode json = Json.object();
    json.put("id", statement.id());
    json.put("state", id(state));
    json.set("progress", progress(statement.running().progress(), state));
    statement
        .running()
        .decision()
        .forEach(decision -> json.put("engine", decision.chosen().engine().id()));
    statement
        .failure()
        .ifPresent(failure -> json.set("error", Problem.of(failure).statementError()));
    return json;
  }

  /** {@code timed_out}. */
  static String id(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode progress(ExecutionProgress progress, State state) {
    ObjectNode json = Json.object();
    if (state == State.FINISHED) {
      json.put("fraction", 1.0);
    } else {
      progress.fraction().ifPresent(fraction -> json.put("fraction", fraction));
      // The engine was looked at last before its end.
      if (!progress.stage().isEmpty()) {
        json.put("stage", progress.stage());
      }
    }
    progress.rows().ifPresent(rows -> json.put("rows", rows));
    progress.bytes().ifPresent(bytes -> json.put("bytes", bytes));
    return json;
  }

  private static ObjectNode attempt(FailedAttempt attempt) {
    ObjectNode json = Json.object();
    json.put("engine", attempt.engine().id());
    json.put("code", attempt.reason().code());
    json.put("sqlState", attempt.reason().sqlState());
    json.put("reason", attempt.inShort());
    return json;
  }

  private static ArrayNode columns(List<TColumnDesc> columns) {
    ArrayNode array = Json.array();
    for (TColumnDesc column : columns) {
      ObjectNode json = array.addObject();
      json.put("name", column.getColumnName());
      json.put("type", type(column));
      Optional.ofNullable(column.getComment())
          .filter(comment -> !comment.isEmpty())
          .ifPresent(comment -> json.put("comment", comment));
    }
    return array;
  }

  /** Spark's name; nested types without their members, which Spark's Thrift server does not say. */
  private static String type(TColumnDesc column) {
    TPrimitiveTypeEntry entry = column.getTypeDesc().getTypes().get(0).getPrimitiveEntry();
    return switch (entry.getType()) {
      case DECIMAL_TYPE ->
          plain(entry.getType())
              + qualifiers(entry, TCLIServiceConstants.PRECISION, TCLIServiceConstants.SCALE);
      case CHAR_TYPE, VARCHAR_TYPE ->
          plain(entry.getType()) + qualifiers(entry, TCLIServiceConstants.CHARACTER_MAXIMUM_LENGTH);
      case NULL_TYPE -> "void";
      case INTERVAL_YEAR_MONTH_TYPE -> "interval year to month";
      case INTERVAL_DAY_TIME_TYPE -> "interval day to second";
      default -> plain(entry.getType());
    };
  }

  private static String plain(TTypeId type) {
    String name = type.name();
    return name.substring(0, name.length() - "_TYPE".length()).toLowerCase(Locale.ROOT);
  }

  /** Empty where the engine does not say. */
  private static String qualifiers(TPrimitiveTypeEntry entry, String... names) {
    List<String> values = new ArrayList<>();
    for (String name : names) {
      TTypeQualifierValue value =
          entry.isSetTypeQualifiers() ? entry.getTypeQualifiers().getQualifiers().get(name) : null;
      if (value == null) {
        return "";
      }
      values.add(Integer.toString(value.getI32Value()));
    }
    return "(" + String.join(",", values) + ")";
  }
}
