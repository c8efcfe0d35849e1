// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.StatementException;
import io.kitsune.router.Veto.Position;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What went wrong with a request, as RFC 9457 has it.
 *
 * @param status of HTTP
 * @param code stable, for programs: the type is made of it
 * @param sqlState five characters
 * @param detail one sentence that names the thing, the value and what to do
 * @param position in the statement, or {@link Position#NONE}
 */
record Problem(int status, String code, String sqlState, String detail, Position position) {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final String TYPE = "urn:kitsune:error:";
  private static final Set<String> TOO_MANY =
      Set.of("SESSION_LIMIT", "OPERATION_LIMIT", "STATEMENT_LIMIT");
  private static final Set<String> NOT_THERE =
      Set.of("HANDLE_INVALID", "SESSION_CLOSED", "CATALOG_NOT_FOUND", "SCHEMA_NOT_FOUND");

  Problem {
    requireNonNull(code, "code");
    requireNonNull(sqlState, "sqlState");
    requireNonNull(detail, "detail");
    requireNonNull(position, "position");
  }

  Problem(int status, String code, String sqlState, String detail) {
    this(status, code, sqlState, detail, Position.NONE);
  }

  /** An error of the gateway, with the status that its code and SQLSTATE mean. */
  static Problem of(KitsuneException error) {
    return of(status(error), error);
  }

  static Problem of(int status, KitsuneException error) {
    return new Problem(
        status,
        error.code(),
        error.sqlState(),
        error.getMessage(),
        error instanceof StatementException statement ? statement.position() : Position.NONE);
  }

  private static int status(KitsuneException error) {
    if (TOO_MANY.contains(error.code())) {
      return HttpStatus.TOO_MANY_REQUESTS_429;
    } else if (NOT_THERE.contains(error.code())) {
      return HttpStatus.NOT_FOUND_404;
    } else if (error.code().equals("OPERATION_BUSY") || error.code().equals("OPERATION_RUNNING")) {
      return HttpStatus.CONFLICT_409;
    } else if (error.sqlState().equals("42501")) {
      return HttpStatus.FORBIDDEN_403;
    }
    return switch (error.sqlState().substring(0, 2)) {
      // The request is one; what it asks for cannot be done.
      case "07", "0A", "21", "22", "42", "54", "P0" -> HttpStatus.UNPROCESSABLE_ENTITY_422;
      case "28" -> HttpStatus.UNAUTHORIZED_401;
      case "08", "53", "57" -> HttpStatus.SERVICE_UNAVAILABLE_503;
      default -> HttpStatus.INTERNAL_SERVER_ERROR_500;
    };
  }

  /** As the body of an answer. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("type", TYPE + code);
    json.put("title", HttpStatus.getMessage(status));
    json.put("status", status);
    return describe(json);
  }

  /** As what became of a statement, which is no fault of the request that asks about it. */
  ObjectNode statementError() {
    ObjectNode json = Json.object();
    json.put("type", TYPE + code);
    return describe(json);
  }

  private ObjectNode describe(ObjectNode json) {
    json.put("detail", detail);
    json.put("code", code);
    json.put("sqlState", sqlState);
    if (position.line() > 0) {
      json.put("line", position.line());
      json.put("column", position.column());
    }
    return json;
  }

  /** To be thrown where the request is at fault. */
  ProblemException exception() {
    return new ProblemException(this);
  }

  /** A request that is not as the description has it: 400. */
  static ProblemException invalid(String detail) {
    return new Problem(HttpStatus.BAD_REQUEST_400, "REQUEST_INVALID", "08P01", detail).exception();
  }

  /** A request that is as it should be, and asks for what cannot be: 422. */
  static ProblemException impossible(String code, String sqlState, String detail) {
    return new Problem(HttpStatus.UNPROCESSABLE_ENTITY_422, code, sqlState, detail).exception();
  }

  /** Something that is not there, or not this user's: 404. */
  static ProblemException notFound(String code, String detail) {
    return new Problem(HttpStatus.NOT_FOUND_404, code, "42704", detail).exception();
  }
}
