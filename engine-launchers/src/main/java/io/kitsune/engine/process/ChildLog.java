// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child's output: written to a file that is set aside when it is full (one older file is kept),
 * its end kept in memory for error messages. A child never blocks on a full disk.
 */
final class ChildLog {
  private static final Logger LOG = LoggerFactory.getLogger(ChildLog.class);
  private static final int TAIL_BYTES = 65_536;

  private final Path file;
  private final long maximumBytes;
  private final byte[] tail = new byte[TAIL_BYTES];
  private long received;
  private OutputStream out;
  private long written;

  ChildLog(Path file, long maximumBytes) {
    this.file = file;
    this.maximumBytes = maximumBytes;
  }

  Path file() {
    return file;
  }

  /** Reads to the end; runs on a thread of its own. */
  void copy(InputStream in) {
    byte[] buffer = new byte[8192];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        remember(buffer, read);
        write(buffer, read);
      }
    } catch (IOException e) {
      LOG.debug("The output for {} ended", file, e);
    } finally {
      close();
    }
  }

  /**
   * The last lines, at most {@code limit}; the first of them may be cut. Frames of stack traces are
   * left out: the messages between them say what went wrong.
   */
  synchronized List<String> lastLines(int limit) {
    int length = (int) Math.min(received, TAIL_BYTES);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = tail[(int) ((received - length + i) % TAIL_BYTES)];
    }
    List<String> lines =
        new String(bytes, StandardCharsets.UTF_8).lines().filter(ChildLog::says).toList();
    return lines.subList(Math.max(0, lines.size() - limit), lines.size());
  }

  private static boolean says(String line) {
    return !line.isBlank() && !line.startsWith("\tat ") && !line.startsWith("\t... ");
  }

  private synchronized void remember(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      tail[(int) (received++ % TAIL_BYTES)] = buffer[i];
    }
  }

  private void write(byte[] buffer, int length) {
    try {
      if (out == null || written >= maximumBytes) {
        rotate();
      }
      out.write(buffer, 0, length);
      written += length;
    } catch (IOException e) {
      LOG.warn("The log {} can't be written; the child goes on without", file, e);
      out = OutputStream.nullOutputStream();
      written = 0;
    }
  }

  private void rotate() throws IOException {
    close();
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (Files.exists(file) && Files.size(file) > 0) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    out =
        Files.newOutputStream(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    written = 0;
  }

  private void close() {
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        LOG.warn("The log {} can't be closed", file, e);
      }
    }
  }
}
