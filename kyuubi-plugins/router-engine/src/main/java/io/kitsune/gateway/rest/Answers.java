// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/** Answering. */
final class Answers {
  private Answers() {}

  static void json(Context context, int status, JsonNode body) {
    context.status(status);
    context.contentType(Json.CONTENT_TYPE);
    context.result(Json.write(body).getBytes(StandardCharsets.UTF_8));
  }

  static void problem(Context context, Problem problem) {
    context.status(problem.status());
    context.contentType(Problem.CONTENT_TYPE);
    // As bytes: of this type the server does not know that it is always UTF-8.
    context.result(Json.write(problem.json()).getBytes(StandardCharsets.UTF_8));
  }
}
