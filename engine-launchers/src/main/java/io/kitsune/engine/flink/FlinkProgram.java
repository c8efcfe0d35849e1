// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.flink.child.SharedSecret;
import io.kitsune.engine.process.ArtifactLock;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.process.ProgramFolder;
import io.kitsune.engine.supply.RunningServer;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts Flink with its SQL Gateway on a loopback port that only this gateway can use. */
final class FlinkProgram {
  static final ArtifactLock LOCK =
      ArtifactLock.read("flink-2.3.0", FlinkProgram.class, "flink-2.3.0.lock");

  /** The catalog of the tables that are made in Flink. */
  static final String CATALOG = "flink";

  /** By name: their superclasses are Flink's and are not on the gateway's class path. */
  private static final String CHILD = "io.kitsune.engine.flink.child.";

  private static final String SECRET_CLASS = CHILD + "SharedSecret";
  private static final String CATALOG_FACTORY = CHILD + "FolderCatalogFactory";
  private static final String NETTY = "org.apache.flink.runtime.io.network.netty.";
  private static final String JAVA_OPTIONS = "env.java.opts.all";

  /** What Flink 2.3 reaches into on Java 17; from the list in its own configuration file. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  private final FlinkSettings settings;
  private final Artifacts artifacts;
  private final FlinkFolder folder;

  FlinkProgram(FlinkSettings settings, Artifacts artifacts) {
    this.settings = settings;
    this.artifacts = artifacts;
    this.folder = new FlinkFolder(settings.folder());
  }

  /** Returns once a session can be opened. */
  RunningServer<GatewayAddress> start(ProgressListener listener) {
    ProgramFolder program = artifacts.program(LOCK, listener);
    folder.create();
    folder.writeLogConfiguration();
    folder.writeHadoopConfiguration();
    folder.writeService(NETTY + "InboundChannelHandlerFactory", SECRET_CLASS);
    folder.writeService(NETTY + "OutboundChannelHandlerFactory", SECRET_CLASS);
    folder.writeService("org.apache.flink.table.factories.Factory", CATALOG_FACTORY);
    settings.catalogs().options(listener).forEach(folder::writeCatalog);
    folder.writeCatalog(CATALOG, Map.of("type", "kitsune", "folder", folder.tables().toString()));
    listener.progress("starting Flink");
    String secret = secret();
    int port = LoopbackPort.free();
    ChildProcess child = ChildProcess.start(program(program, port, secret));
    URI uri = URI.create("http://" + LoopbackPort.HOST + ":" + port);
    GatewayAddress gateway = new GatewayAddress(uri, Optional.of(secret), Optional.empty());
    child.awaitReady(
        settings.limits().start(),
        () -> LoopbackPort.answers(port) && GatewayClient.answers(gateway));
    GatewayAddress address =
        new GatewayAddress(uri, Optional.of(secret), Optional.of(folder.jobManager()));
    return RunningServer.started("Flink", address, child);
  }

  private JvmProgram program(ProgramFolder program, int port, String secret) {
    List<String> classPath = new ArrayList<>(List.of(folder.configuration().toString()));
    program.jars().forEach(jar -> classPath.add(jar.toString()));
    classPath.add(settings.libraries() + "/*");
    Map<String, String> configuration = FlinkConfiguration.of(settings, folder, port);
    List<String> arguments =
        new ArrayList<>(List.of(folder.runLock().toString(), Integer.toString(settings.slots())));
    configuration.forEach((key, value) -> arguments.add(key + "=" + value));
    return new JvmProgram(
        "flink",
        settings.javaHome(),
        jvmOptions(configuration, secret),
        classPath,
        List.of(
            SECRET_CLASS,
            CHILD + "SecretCheck",
            CHILD + "SecretHeader",
            CATALOG_FACTORY,
            CHILD + "FolderCatalog",
            CHILD + "TaskManagers",
            CHILD + "RunLock",
            CHILD + "FlinkServer"),
        CHILD + "FlinkServer",
        arguments,
        Map.of(),
        settings.folder(),
        folder.log());
  }

  private List<String> jvmOptions(Map<String, String> configuration, String secret) {
    List<String> options = new ArrayList<>();
    options.add("-Xmx" + settings.heapMegabytes() + "m");
    options.add("-Djava.io.tmpdir=" + JvmProgram.RUN_FOLDER + "/tmp");
    // A Flink without memory answers some calls and not others; one that ended is replaced.
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.add("-D" + SharedSecret.PROPERTY + "=" + secret);
    OPENED.forEach(name -> options.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    // Flink reads this key only where it starts the JVM itself.
    Stream.of(configuration.getOrDefault(JAVA_OPTIONS, "").split(" ", -1))
        .filter(option -> !option.isEmpty())
        .forEach(options::add);
    return options;
  }

  private static String secret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
