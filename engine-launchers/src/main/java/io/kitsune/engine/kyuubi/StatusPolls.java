// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;

/**
 * Asks Kyuubi how an operation stands, again and again, one question at a time. Kyuubi's server
 * holds the question for seconds ({@code kyuubi.operation.status.polling.timeout}, five by
 * default), so it waits on a thread of its own, and whoever waits for the answer can look at the
 * log meanwhile. Thread-safe.
 */
final class StatusPolls {
  private final KyuubiSession session;
  private final TGetOperationStatusReq request;
  private final Executor threads;
  private CompletableFuture<TGetOperationStatusResp> asked;

  StatusPolls(KyuubiSession session, TOperationHandle operation, Executor threads) {
    this.session = session;
    this.request = new TGetOperationStatusReq(operation);
    this.request.setGetProgressUpdate(true);
    this.threads = threads;
  }

  /**
   * The next answer, if it comes within that time.
   *
   * @throws KitsuneException what the session says of a call that failed
   */
  Optional<TGetOperationStatusResp> next(Duration limit) throws InterruptedException {
    CompletableFuture<TGetOperationStatusResp> question = question();
    try {
      TGetOperationStatusResp answer = question.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      answered(question);
      return Optional.of(answer);
    } catch (TimeoutException notYet) {
      return Optional.empty();
    } catch (ExecutionException | CancellationException e) {
      answered(question);
      if (e.getCause() instanceof KitsuneException known) {
        throw known;
      }
      throw new KitsuneException(
          "ENGINE_PROTOCOL_ERROR", "08P01", "Kyuubi's answer cannot be read: " + e.getCause(), e);
    }
  }

  private synchronized CompletableFuture<TGetOperationStatusResp> question() {
    if (asked == null) {
      try {
        asked =
            CompletableFuture.supplyAsync(
                () -> session.call(client -> client.GetOperationStatus(request)), threads);
      } catch (RejectedExecutionException e) {
        throw KyuubiSession.closedError();
      }
    }
    return asked;
  }

  private synchronized void answered(CompletableFuture<TGetOperationStatusResp> question) {
    if (asked == question) {
      asked = null;
    }
  }
}
