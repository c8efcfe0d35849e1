// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kitsune.engine.ExecutionProgress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far one statement is in a Spark that was started here. Spark is asked in the background, once
 * a second at most and only while somebody wants to know; that it does not answer harms nothing.
 * Thread-safe.
 */
final class SparkProgress {
  private static final Logger LOG = LoggerFactory.getLogger(SparkProgress.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final JsonMapper JSON = new JsonMapper();

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final ProgressAddress address;
  private final UUID statement;
  private ExecutionProgress last = ExecutionProgress.UNKNOWN;
  private long asked = System.nanoTime() - PERIOD.toNanos();
  private boolean asking;

  SparkProgress(ProgressAddress address, TOperationHandle operation) {
    this.address = address;
    this.statement = statement(operation);
  }

  /** The id of the operation's jobs: its handle as Hive's {@code HandleIdentifier} reads it. */
  static UUID statement(TOperationHandle operation) {
    ByteBuffer id = ByteBuffer.wrap(operation.getOperationId().getGuid());
    return new UUID(id.getLong(), id.getLong());
  }

  /** As Spark last said; returns at once, and asks Spark if that was a while ago. */
  synchronized ExecutionProgress last() {
    long now = System.nanoTime();
    if (!asking && now - asked >= PERIOD.toNanos()) {
      asking = true;
      asked = now;
      var unused =
          HTTP.sendAsync(address.request(statement, ANSWER), HttpResponse.BodyHandlers.ofString())
              .whenComplete(this::answered);
    }
    return last;
  }

  private synchronized void answered(HttpResponse<String> answer, Throwable failure) {
    asking = false;
    try {
      if (failure != null) {
        LOG.debug("Spark does not say how far statement {} is", statement, failure);
      } else if (answer.statusCode() == OK) {
        last = progress(JSON.readTree(answer.body()));
      }
      // It knows nothing of a statement that has had no task yet.
    } catch (JsonProcessingException e) {
      LOG.debug("Spark says of statement {}: {}", statement, answer.body(), e);
    }
  }

  private static ExecutionProgress progress(JsonNode count) {
    long tasks = count.path("tasks").asLong();
    long finished = Math.min(tasks, count.path("finishedTasks").asLong());
    return new ExecutionProgress(
        tasks == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) finished / tasks),
        "%d of %d stages, %d of %d tasks, %d running"
            .formatted(
                count.path("endedStages").asInt(),
                count.path("stages").asInt(),
                finished,
                tasks,
                count.path("runningTasks").asLong()),
        counted(count.path("rows")),
        counted(count.path("bytes")));
  }

  /** Not every source counts. */
  private static OptionalLong counted(JsonNode count) {
    return count.asLong() > 0 ? OptionalLong.of(count.asLong()) : OptionalLong.empty();
  }
}
