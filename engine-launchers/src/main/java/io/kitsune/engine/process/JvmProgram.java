// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Java program to run as a child. None of it appears on the command line that other users of the
 * machine can see.
 *
 * @param name for messages and file names ({@code spark})
 * @param javaHome the Java installation to run it with, 17 or newer
 * @param jvmOptions options of the JVM, system properties among them
 * @param classPath entries of the class path; {@code folder/*} is allowed
 * @param ownClasses names of classes of ours that are copied onto the child's class path, each
 *     without its neighbours; they need not be loadable here
 * @param mainClass the class to run
 * @param arguments of the main class
 * @param environment added to the gateway's own
 * @param folder the working folder, made if absent; a private folder for the run is made in it
 * @param log where output and errors go
 */
public record JvmProgram(
    String name,
    Path javaHome,
    List<String> jvmOptions,
    List<String> classPath,
    List<String> ownClasses,
    String mainClass,
    List<String> arguments,
    Map<String, String> environment,
    Path folder,
    Path log) {
  /**
   * Stands for the run's private folder in JVM options and arguments. It has a folder {@code tmp}
   * and is deleted with all that is in it when the child has ended.
   */
  public static final String RUN_FOLDER = "${run.folder}";

  public JvmProgram {
    requireNonNull(name, "name");
    requireNonNull(javaHome, "javaHome");
    jvmOptions = List.copyOf(jvmOptions);
    classPath = List.copyOf(classPath);
    ownClasses = List.copyOf(ownClasses);
    requireNonNull(mainClass, "mainClass");
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    requireNonNull(folder, "folder");
    requireNonNull(log, "log");
  }

  /** The Java that the gateway itself runs on. */
  public static Path currentJavaHome() {
    return Path.of(System.getProperty("java.home"));
  }
}
