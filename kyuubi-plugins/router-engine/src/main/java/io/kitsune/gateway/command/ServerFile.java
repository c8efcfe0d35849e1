// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.assembly.RouterEngine.Standing;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a server writes down of itself below its home, in a file named by its process id, so that
 * other commands find it. Only the home's owner may look.
 *
 * @param pid the process
 * @param born when the process started, in milliseconds since the epoch, since ids come again
 * @param address {@code host:port}
 */
record ServerFile(long pid, long born, String address, Standing standing) {
  private static final String FOLDER = "run";
  private static final String SUFFIX = ".properties";

  /** Of this process. */
  static ServerFile ofThisProcess(String address, Standing standing) {
    ProcessHandle process = ProcessHandle.current();
    return new ServerFile(process.pid(), born(process), address, standing);
  }

  private static long born(ProcessHandle process) {
    return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }

  /** Those of that home whose process lives; what others left behind is deleted. */
  static List<ServerFile> alive(Path home) {
    Path folder = home.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<ServerFile> alive = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX)).sorted().toList()) {
        Optional<ServerFile> read = read(file);
        if (read.flatMap(ServerFile::process).isPresent()) {
          alive.add(read.get());
        } else {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    return alive;
  }

  /** As it is written now; empty once the server has ended. */
  Optional<ServerFile> again(Path home) {
    return read(file(home)).filter(now -> now.born == born);
  }

  /** The process, if it lives and is still the one that wrote this. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> born(process) == born);
  }

  private Path file(Path home) {
    return home.resolve(FOLDER).resolve(pid + SUFFIX);
  }

  /** Writes it whole: a reader sees what was there before or this. */
  void write(Path home) throws IOException {
    Properties values = new Properties();
    values.setProperty("pid", Long.toString(pid));
    values.setProperty("born", Long.toString(born));
    values.setProperty("address", address);
    values.setProperty("draining", Boolean.toString(standing.draining()));
    values.setProperty("sessions", Integer.toString(standing.sessions()));
    values.setProperty("statements", Integer.toString(standing.statements()));
    StringWriter text = new StringWriter();
    values.store(text, null);
    Path folder = home.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Path next = folder.resolve(pid + ".next");
    Files.writeString(next, text.toString());
    Files.move(next, file(home), StandardCopyOption.ATOMIC_MOVE);
  }

  void delete(Path home) throws IOException {
    Files.deleteIfExists(file(home));
  }

  private static Optional<ServerFile> read(Path file) {
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      values.load(reader);
      return Optional.of(
          new ServerFile(
              Long.parseLong(values.getProperty("pid")),
              Long.parseLong(values.getProperty("born")),
              values.getProperty("address"),
              new Standing(
                  Boolean.parseBoolean(values.getProperty("draining")),
                  Integer.parseInt(values.getProperty("sessions")),
                  Integer.parseInt(values.getProperty("statements")))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e);
    }
  }

  private static KitsuneException unreadable(Path what, Exception cause) {
    return new KitsuneException(
        "SERVER_FILE_UNREADABLE",
        "58030",
        "%s cannot be read: %s. It says which servers run; run this as the user who started them."
            .formatted(what, cause.getMessage()),
        cause);
  }
}
