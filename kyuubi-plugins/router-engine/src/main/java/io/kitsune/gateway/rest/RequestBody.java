// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;

/** A request's body: JSON in UTF-8, of a bounded length. */
final class RequestBody {
  private final int maxBytes;

  RequestBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * The fields of the object in it.
   *
   * @throws ProblemException 400, 413 or 415
   */
  JsonFields fields(Context context) {
    requireJson(context);
    byte[] body = bytes(context);
    try {
      return new JsonFields(
          Json.read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString()));
    } catch (CharacterCodingException e) {
      throw Problem.invalid("The body is no UTF-8.");
    }
  }

  /** A form or a plain text is what a page of another site could make a browser send. */
  private static void requireJson(Context context) {
    String type = context.header("Content-Type");
    List<String> parts =
        List.of((type == null ? "" : type).toLowerCase(Locale.ROOT).replace(" ", "").split(";"));
    boolean json =
        parts.get(0).equals(Json.CONTENT_TYPE)
            && parts.stream()
                .skip(1)
                .allMatch(part -> part.equals("charset=utf-8") || part.equals("charset=\"utf-8\""));
    if (!json) {
      throw new Problem(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
              "CONTENT_TYPE_UNSUPPORTED",
              "08P01",
              "The body must be sent as Content-Type: application/json, in UTF-8.")
          .exception();
    }
  }

  private byte[] bytes(Context context) {
    if (context.req().getContentLengthLong() > maxBytes) {
      throw tooLarge();
    }
    try {
      byte[] body = context.req().getInputStream().readNBytes(maxBytes + 1);
      if (body.length > maxBytes) {
        throw tooLarge();
      }
      return body;
    } catch (IOException e) {
      throw Problem.invalid("The body ended before its end: " + e.getMessage());
    }
  }

  private ProblemException tooLarge() {
    return new Problem(
            HttpStatus.PAYLOAD_TOO_LARGE_413,
            "REQUEST_TOO_LARGE",
            "54000",
            "The body is longer than %d bytes, the limit: kitsune.rest.max-body-size."
                .formatted(maxBytes))
        .exception();
  }
}
