// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a JVM holds, as {@code jcmd} and {@code /proc} see it from outside. */
public final class RunningJvm {
  private final long pid;

  /** The JVM with that process id. */
  public RunningJvm(long pid) {
    this.pid = pid;
  }

  /** The children of this JVM that run in that folder: programs of a launcher's. */
  public static List<ProcessHandle> in(Path folder) {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(folder + "/"))
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** What the engine holds whose only process runs in that folder: objects of classes, files. */
  public static Map<String, Long> held(Path folder, String classes) {
    RunningJvm jvm = new RunningJvm(in(folder).get(0).pid());
    Map<String, Long> held = jvm.objects(classes);
    held.put("files that the engine has open", jvm.openFiles());
    return held;
  }

  /** A line for each of its threads that is in that method, {@code package.Class.method}. */
  public List<String> linesOf(String method) {
    return jcmd("Thread.print").stream()
        .filter(line -> line.startsWith("\tat " + method + "("))
        .toList();
  }

  /** How many threads it has. */
  public long threads() {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return tasks.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many live objects there are of each class whose name begins so; collects garbage first. */
  public Map<String, Long> objects(String prefix) {
    Map<String, Long> counts = new HashMap<>();
    for (String line : jcmd("GC.class_histogram")) {
      // "  12:      3456      78910  a.Name (module)"
      String[] fields = line.strip().split("\\s+", -1);
      if (fields.length >= 4 && fields[0].endsWith(":") && fields[3].startsWith(prefix)) {
        counts.merge(fields[3], Long.parseLong(fields[1]), Long::sum);
      }
    }
    return counts;
  }

  /** Files and connections that it has open. */
  public long openFiles() {
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> jcmd(String command) {
    Path program = JvmProgram.currentJavaHome().resolve("bin").resolve("jcmd");
    try {
      Process jcmd =
          new ProcessBuilder(program.toString(), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      List<String> lines =
          new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      if (jcmd.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + String.join("\n", lines));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
