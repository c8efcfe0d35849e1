// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.spark.child.ProgressEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a Spark that was started here says how far its statements are.
 *
 * @param secret without which it says nothing; never shown or logged
 */
record ProgressAddress(int port, String secret) {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressAddress.class);
  private static final Duration APPEARS = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 20;

  ProgressAddress {
    requireNonNull(secret, "secret");
  }

  /**
   * What the child wrote into that file, which is deleted: no statement shall read it. Empty, which
   * is logged, if nothing appears within some seconds of Spark being up.
   */
  static Optional<ProgressAddress> take(Path file) {
    long deadline = System.nanoTime() + APPEARS.toNanos();
    try {
      while (!Files.exists(file)) {
        if (System.nanoTime() - deadline > 0) {
          LOG.warn("Spark does not offer the progress of its statements; its log may say why");
          return Optional.empty();
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
      List<String> lines = Files.readAllLines(file);
      Files.delete(file);
      return Optional.of(new ProgressAddress(Integer.parseInt(lines.get(0)), lines.get(1)));
    } catch (IOException e) {
      LOG.warn("The progress of Spark's statements will not be known", e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  HttpRequest request(UUID statement, Duration limit) {
    URI uri =
        URI.create("http://" + LoopbackPort.HOST + ":" + port + ProgressEndpoint.PATH + statement);
    return HttpRequest.newBuilder(uri)
        .timeout(limit)
        .header(ProgressEndpoint.HEADER, secret)
        .GET()
        .build();
  }

  @Override
  public String toString() {
    return LoopbackPort.HOST + ":" + port;
  }
}
