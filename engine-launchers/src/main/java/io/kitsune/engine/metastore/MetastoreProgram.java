// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.metastore;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.process.ArtifactLock;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.engine.process.FolderTree;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.process.ProgramFolder;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Metastore's two programs: one creates the database, one serves it. */
final class MetastoreProgram {
  static final ArtifactLock LOCK =
      ArtifactLock.read("metastore-4.0.0", MetastoreProgram.class, "metastore-4.0.0.lock");

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final MetastoreFolders folders;
  private final ProgramFolder program;
  private final Path javaHome;
  private final Duration lockTimeout;

  /**
   * @param lockTimeout after how long without a sign of life a client loses its locks
   */
  MetastoreProgram(
      MetastoreFolders folders, ProgramFolder program, Path javaHome, Duration lockTimeout) {
    this.folders = folders;
    this.program = program;
    this.javaHome = javaHome;
    this.lockTimeout = lockTimeout;
  }

  /** Creates the database aside and moves it in place, so that a half-made one is never served. */
  void createDatabaseOnce(ProgressListener listener) {
    if (Files.exists(folders.database())) {
      return;
    }
    listener.progress("creating the Metastore's database (once)");
    Path aside = folders.folder().resolve("database.new");
    Path configuration = folders.configure(aside, 0, lockTimeout);
    JvmProgram tool =
        program(
            "metastore-schema",
            configuration,
            "org.apache.hadoop.hive.metastore.tools.schematool.MetastoreSchemaTool",
            List.of("-initSchema", "-dbType", "derby"));
    try {
      FolderTree.delete(aside);
      ChildProcess.start(tool).awaitSuccess(LIMIT);
      Files.createDirectories(folders.warehouse());
      Files.move(aside, folders.database(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves the database; returns once it listens. */
  ChildProcess serve(int port) {
    JvmProgram server =
        program(
            "metastore",
            folders.configure(folders.database(), port, lockTimeout),
            "org.apache.hadoop.hive.metastore.HiveMetaStore",
            List.of("-p", Integer.toString(port)));
    ChildProcess child = ChildProcess.start(server);
    child.awaitReady(LIMIT, () -> child.alive() && LoopbackPort.answers(port));
    if (!child.alive()) {
      throw new KitsuneException(
          "ENGINE_START_FAILED", "58000", "The Metastore did not stay up: " + child.obituary());
    }
    return child;
  }

  private JvmProgram program(
      String name, Path configuration, String mainClass, List<String> arguments) {
    Path distribution = MetastoreFolders.distribution(program);
    List<String> classPath =
        new ArrayList<>(List.of(configuration.toString(), distribution.resolve("lib") + "/*"));
    program.jars().forEach(jar -> classPath.add(jar.toString()));
    return new JvmProgram(
        name,
        javaHome,
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.io.tmpdir=" + JvmProgram.RUN_FOLDER + "/tmp",
            "-Dderby.stream.error.file=" + folders.folder().resolve("derby.log")),
        classPath,
        List.of(),
        mainClass,
        arguments,
        // The schema scripts are looked for there.
        Map.of("METASTORE_HOME", distribution.toString()),
        folders.folder(),
        folders.folder().resolve(name + ".log"));
  }
}
