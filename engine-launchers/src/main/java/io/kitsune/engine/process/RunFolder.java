// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import io.kitsune.engine.process.child.ChildMain;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that only its owner may enter, for one run of a child: the arguments, and the class that
 * watches the parent. Folders that a killed gateway left behind are removed by the next run.
 */
final class RunFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final String PREFIX = "run-";

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  static RunFolder create(Path parent) throws IOException {
    Files.createDirectories(parent);
    removeAbandoned(parent);
    // On a POSIX file system a temporary folder is created with permissions for its owner only.
    return new RunFolder(
        Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-"));
  }

  Path path() {
    return path;
  }

  Path argumentsFile() {
    return path.resolve("java.args");
  }

  /** Writes the argument file of the {@code java} command. */
  void writeArguments(JvmProgram program) throws IOException {
    List<String> arguments = new ArrayList<>(program.jvmOptions());
    List<String> classPath = new ArrayList<>();
    if (!ChildJar.isOn(program.classPath()) || !program.ownClasses().isEmpty()) {
      Path classes = path.resolve("classes");
      copyClass(ChildMain.class.getName(), classes);
      for (String own : program.ownClasses()) {
        copyClass(own, classes);
      }
      classPath.add(classes.toString());
    }
    classPath.addAll(program.classPath());
    arguments.addAll(
        List.of(
            "-cp",
            String.join(File.pathSeparator, classPath),
            ChildMain.class.getName(),
            program.mainClass()));
    arguments.addAll(program.arguments());
    Files.createDirectory(path.resolve("tmp"));
    Files.write(
        argumentsFile(),
        arguments.stream()
            .map(argument -> argument.replace(JvmProgram.RUN_FOLDER, path.toString()))
            .map(RunFolder::quoted)
            .toList());
  }

  /** The child has read its arguments: what is secret among them need not lie about. */
  void forgetArguments() {
    try {
      Files.deleteIfExists(argumentsFile());
    } catch (IOException e) {
      LOG.warn("{} can't be deleted", argumentsFile(), e);
    }
  }

  void delete() {
    try {
      FolderTree.delete(path);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} can't be deleted", path, e);
    }
  }

  /** By name, since loading it here would need what only the child has. */
  private static void copyClass(String name, Path root) throws IOException {
    String resource = name.replace('.', '/') + ".class";
    Path target = root.resolve(resource);
    Files.createDirectories(target.getParent());
    try (InputStream in = RunFolder.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no class " + name);
      }
      Files.copy(in, target);
    }
  }

  /** As the java command's argument files want it. */
  private static String quoted(String argument) {
    return '"'
        + argument
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
        + '"';
  }

  private static void removeAbandoned(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      for (Path child : children.filter(RunFolder::abandoned).toList()) {
        FolderTree.delete(child);
      }
    }
  }

  private static boolean abandoned(Path folder) {
    String name = folder.getFileName().toString();
    int dash = name.indexOf('-', PREFIX.length());
    if (!name.startsWith(PREFIX) || dash < 0 || !Files.isDirectory(folder)) {
      return false;
    }
    try {
      return ProcessHandle.of(Long.parseLong(name.substring(PREFIX.length(), dash))).isEmpty();
    } catch (NumberFormatException notOurs) {
      return false;
    }
  }
}
