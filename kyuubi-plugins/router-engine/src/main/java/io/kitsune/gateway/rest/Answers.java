// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;

/** Answering. */
final class Answers {
  private Answers() {}

  static void json(Context context, int status, JsonNode body) {
    context.status(status);
    context.contentType(Json.CONTENT_TYPE);
    context.result(Json.write(body));
  }

  static void problem(Context context, Problem problem) {
    context.status(problem.status());
    context.contentType(Problem.CONTENT_TYPE);
    context.result(Json.write(problem.json()));
  }
}
