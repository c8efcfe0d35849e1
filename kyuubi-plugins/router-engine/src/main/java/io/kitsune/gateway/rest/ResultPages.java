// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kitsune.engine.RowSets;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A result's rows by pages, read from the engine as they are asked for. The page that was asked for
 * last can be asked for again, word for word, so that a lost answer loses no row; older ones are
 * gone. For one reader at a time.
 */
final class ResultPages {
  private static final String PREFIX = "p";

  /** Rows fetched at once: what is left of them when a page is full waits for the next page. */
  private static final int FETCHED = 1_000;

  /** A page is handed over with what there is where the engine takes longer for the rest. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final LongFunction<TRowSet> source;
  private final int maxBytes;
  private long number;
  private Optional<Page> last = Optional.empty();
  private Optional<TRowSet> pending = Optional.empty();
  private Optional<KitsuneException> failure = Optional.empty();
  private boolean ended;
  private long returned;

  /**
   * Over a source that yields at most so many rows a call, and none at its end.
   *
   * @param maxBytes about how long a page may be
   */
  ResultPages(LongFunction<TRowSet> source, int maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
  }

  /** The token of the page that was not read yet; empty if there is none. */
  Optional<String> next() {
    return last.isEmpty() || last.get().next().isPresent()
        ? Optional.of(PREFIX + number)
        : Optional.empty();
  }

  /** Rows in the pages that were handed out. */
  long returned() {
    return returned;
  }

  /** True if the last page was read. */
  boolean ended() {
    return next().isEmpty();
  }

  /**
   * The page that nobody has read yet.
   *
   * @throws ProblemException 410 if every row was read
   */
  Page read(int maxRows) {
    if (next().isEmpty()) {
      throw gone("Every row was read; the last page can be read again by its token.");
    }
    return page(PREFIX + number, maxRows);
  }

  /**
   * The page of that token.
   *
   * @throws ProblemException if it is gone, or never was
   * @throws KitsuneException why there are no rows (any more); then there never will be again
   */
  Page page(String token, int maxRows) {
    long wanted = number(token);
    if (wanted == number - 1 && last.isPresent()) {
      return last.get();
    }
    if (wanted > number || (wanted == number && next().isEmpty())) {
      throw Problem.notFound(
          "PAGE_NOT_FOUND", "'%s' is no token that this statement gave out.".formatted(token));
    }
    if (wanted < number) {
      throw gone(
          "The page was read, and the one behind it too: only the last one can be read again. Run the statement again.");
    }
    if (failure.isPresent()) {
      // Rows of a page that was begun are lost: going on behind them would hide that.
      throw failure.get();
    }
    Page page;
    try {
      page = advance(maxRows);
    } catch (KitsuneException e) {
      failure = Optional.of(e);
      throw e;
    }
    number++;
    returned += page.count();
    last = Optional.of(page);
    return page;
  }

  private static ProblemException gone(String detail) {
    return new Problem(HttpStatus.GONE_410, "PAGE_GONE", "24000", detail).exception();
  }

  private static long number(String token) {
    try {
      if (token.startsWith(PREFIX) && token.length() < 20) {
        long number = Long.parseLong(token.substring(PREFIX.length()));
        if (token.equals(PREFIX + number)) {
          return number;
        }
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Problem.invalid("'%s' is no token of a page.".formatted(token));
  }

  private Page advance(int maxRows) {
    StringWriter text = new StringWriter();
    int count = 0;
    try (JsonGenerator out = Json.factory().createGenerator(text)) {
      out.writeStartArray();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!ended && count < maxRows && text.getBuffer().length() < maxBytes) {
        if (pending.isEmpty()) {
          if (count > 0 && System.nanoTime() > deadline) {
            break;
          }
          fetch(maxRows - count);
        } else {
          count += write(pending.get(), maxRows - count, text, out);
        }
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot be written", e);
    }
    return new Page(
        text.toString(), count, ended ? Optional.empty() : Optional.of(PREFIX + (number + 1)));
  }

  private void fetch(int wanted) {
    TRowSet rows = source.apply(Math.min(wanted, FETCHED));
    if (RowSets.count(rows) == 0) {
      ended = true;
    } else {
      pending = Optional.of(rows);
    }
  }

  private int write(TRowSet rows, int limit, StringWriter text, JsonGenerator out)
      throws IOException {
    JsonRows json = JsonRows.of(rows);
    int count = RowSets.count(rows);
    int written = 0;
    while (written < count
        && written < limit
        && (written == 0 || text.getBuffer().length() < maxBytes)) {
      json.write(out, written);
      out.flush();
      written++;
    }
    pending =
        written == count ? Optional.empty() : Optional.of(RowSets.between(rows, written, count));
    return written;
  }
}
