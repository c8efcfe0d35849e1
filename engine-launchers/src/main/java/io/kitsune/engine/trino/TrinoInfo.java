// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** What a Trino says of itself to everybody, at {@code /v1/info}. */
final class TrinoInfo {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT_SECONDS = 5;
  private static final String NOBODY = "kitsune";

  private TrinoInfo() {}

  /** Whether it takes statements; waits a few seconds at most. */
  static boolean ready(TrinoAddress address) {
    try {
      check(address);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * Returns if it takes statements; waits a few seconds at most.
   *
   * @throws IOException why it does not
   */
  static void check(TrinoAddress address) throws IOException {
    OkHttpClient client =
        address.clientFor(NOBODY).newBuilder().callTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).build();
    Request request =
        new Request.Builder().url(address.url().resolve("/v1/info").toString()).build();
    try (Response response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new IOException("it answered with HTTP status " + response.code());
      }
      JsonNode info = JSON.readTree(response.body().byteStream());
      if (!info.has("starting")) {
        throw new IOException("what answers is not Trino");
      }
      if (info.get("starting").asBoolean()) {
        throw new IOException("it is starting");
      }
    }
  }
}
