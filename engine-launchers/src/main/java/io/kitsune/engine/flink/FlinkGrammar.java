// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.process.ArtifactLock;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Statement.TableReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's grammar: reads texts that only Flink has, with Flink's own parser. That parser brings an
 * older Calcite, and classes under Calcite's names, so it is fetched as a program (15 MB) and lives
 * in a class loader of its own; it needs no running Flink. Loaded with the first such text.
 * Thread-safe.
 */
public final class FlinkGrammar implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkGrammar.class);

  static final ArtifactLock LOCK =
      ArtifactLock.read(
          "flink-sql-parser-2.3.0", FlinkGrammar.class, "flink-sql-parser-2.3.0.lock");

  private final Artifacts artifacts;
  private ParserClasses classes;
  private volatile Function<String, List<TableReference>> parser;
  private volatile boolean closed;

  /** Loads nothing yet. */
  public FlinkGrammar(Artifacts artifacts) {
    this.artifacts = requireNonNull(artifacts, "artifacts");
  }

  /**
   * The tables that one statement names, in the order of its text.
   *
   * @throws KitsuneException {@code FLINK_SYNTAX_ERROR} with the place, SQLSTATE 42601; and what
   *     {@link Artifacts#program} throws where the parser can't be fetched
   */
  public List<TableReference> tables(String text) {
    return parser().apply(text);
  }

  private Function<String, List<TableReference>> parser() {
    Function<String, List<TableReference>> loaded = parser;
    if (loaded != null && !closed) {
      return loaded;
    }
    requireOpen();
    // Not under the lock: the gateway's stop must not wait for a download.
    List<Path> jars = artifacts.program(LOCK, line -> LOG.info("Flink's parser: {}", line)).jars();
    return load(jars);
  }

  private synchronized Function<String, List<TableReference>> load(List<Path> jars) {
    requireOpen();
    if (parser == null) {
      ParserClasses loader = ParserClasses.of(jars);
      parser = loader.parser();
      classes = loader;
    }
    return parser;
  }

  private void requireOpen() {
    if (closed) {
      throw new KitsuneException("ENGINE_CLOSED", "57P01", "The gateway is stopping.");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (classes != null) {
      try {
        classes.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
