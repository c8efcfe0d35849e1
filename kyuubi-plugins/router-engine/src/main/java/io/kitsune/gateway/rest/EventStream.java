// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement's state and progress as server-sent events, one for each change, until it is over:
 * {@code progress} while it runs, {@code end} at last. For one request.
 */
final class EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final Duration PERIOD = Duration.ofMillis(250);

  /** A comment that tells proxies, and us, that the line is still there. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final RestStatement statement;
  private final Waits waits;
  private String sent = "";
  private long sentAt;
  private long number;

  EventStream(RestStatement statement, Waits waits) {
    this.statement = statement;
    this.waits = waits;
  }

  /** Sends until the statement is over, the client is gone, or the gateway stops. */
  void send(Context context) throws InterruptedException {
    try (Waits.Place place = waits.place()) {
      context.status(HttpStatus.OK_200);
      context.res().setContentType("text/event-stream");
      context.res().setCharacterEncoding("UTF-8");
      ServletOutputStream out = context.res().getOutputStream();
      boolean over = false;
      while (!over && !waits.closed()) {
        over = statement.await(PERIOD).over();
        String event = Json.write(StatementView.event(statement));
        if (over || !event.equals(sent)) {
          number++;
          write(
              out,
              "event: %s\nid: %d\ndata: %s\n\n"
                  .formatted(over ? "end" : "progress", number, event));
          sent = event;
        } else if (System.nanoTime() - sentAt > SILENCE.toNanos()) {
          write(out, ": still there\n\n");
        }
      }
    } catch (IOException e) {
      LOG.debug("The listener to statement {} is gone: {}", statement.id(), e.toString());
    }
  }

  private void write(ServletOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    sentAt = System.nanoTime();
  }
}
