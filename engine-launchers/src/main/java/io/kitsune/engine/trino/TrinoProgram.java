// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static io.kitsune.engine.process.JvmProgram.RUN_FOLDER;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.process.ArtifactLock;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.engine.process.JavaInstallation;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.process.ProgramFolder;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts Trino on a loopback port that only this gateway can use. */
final class TrinoProgram {
  /** The class files of Trino 476 are Java 24's. */
  static final int LEAST_JAVA = 24;

  private static final String NAME = "trino-476";
  private static final String SERVER = "trino-server-476.tar.gz";
  private static final long SEARCH_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int SMALL_HEAP_MEGABYTES = 2_048;

  private final TrinoSource.Launch source;
  private final TrinoSettings.Limits limits;
  private Optional<JavaInstallation> java = Optional.empty();
  private boolean searched;
  private long searchedAt;

  TrinoProgram(TrinoSource.Launch source, TrinoSettings.Limits limits) {
    this.source = source;
    this.limits = limits;
  }

  /** Why Trino cannot run on this machine; empty if it can. At most reads a few small files. */
  Optional<String> obstacle() {
    return java().isPresent()
        ? Optional.empty()
        : Optional.of(
            "Trino 476 needs a Java %d or newer, and none was found; install one (for instance Temurin 25), or name one by kitsune.trino.java-home or KITSUNE_TRINO_JAVA_HOME"
                .formatted(LEAST_JAVA));
  }

  /** Looked for again after a while, so that one that is installed meanwhile is found. */
  private synchronized Optional<JavaInstallation> java() {
    long now = System.nanoTime();
    if (java.isEmpty() && (!searched || now - searchedAt > SEARCH_AGAIN_NANOS)) {
      java = JavaInstallation.first(source.javaHomes(), LEAST_JAVA);
      searched = true;
      searchedAt = now;
    }
    return java;
  }

  /** Returns once a statement can be run. */
  RunningServer<TrinoAddress> start(ProgressListener listener) {
    JavaInstallation installed =
        java()
            .orElseThrow(
                () ->
                    new KitsuneException(
                        "ENGINE_UNAVAILABLE", "58000", obstacle().orElse("no Java") + "."));
    ProgramFolder files =
        source
            .artifacts()
            .program(ArtifactLock.read(NAME, TrinoProgram.class, NAME + ".lock"), listener);
    CatalogFiles catalogs = CatalogFiles.of(source.catalogs(), listener);
    listener.progress("starting Trino");
    LoopbackToken token = LoopbackToken.random();
    int port = LoopbackPort.free();
    JvmProgram program = program(files, installed, catalogs);
    ChildProcess child =
        ChildProcess.start(
            program,
            folder ->
                writeConfiguration(
                    folder, files.archive(SERVER).resolve("plugin"), catalogs, token, port));
    TrinoAddress address = TrinoAddress.started(port, token, limits.answer());
    child.awaitReady(limits.start(), () -> TrinoInfo.ready(address));
    return RunningServer.started("Trino", address, child);
  }

  private JvmProgram program(
      ProgramFolder files, JavaInstallation installed, CatalogFiles catalogs) {
    return new JvmProgram(
        "trino",
        installed.home(),
        jvmOptions(),
        libraries(files.archive(SERVER).resolve("lib")),
        List.of(),
        "io.trino.server.TrinoServer",
        List.of(),
        catalogs.environment(),
        source.folder(),
        source.folder().resolve("trino.log"));
  }

  private List<String> jvmOptions() {
    List<String> options = new ArrayList<>();
    options.add("-Xmx" + source.heapMegabytes() + "m");
    if (source.heapMegabytes() <= SMALL_HEAP_MEGABYTES) {
      options.add("-XX:+UseSerialGC");
    }
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.add("-XX:-UsePerfData");
    options.add("-Djdk.attach.allowAttachSelf=true");
    options.add("-Djol.skipDynamicAttach=true");
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("--sun-misc-unsafe-memory-access=allow");
    options.add("-Djava.io.tmpdir=" + RUN_FOLDER + "/tmp");
    // Parquet's older timestamps are read in the JVM's zone.
    options.add("-Duser.timezone=UTC");
    options.add("-Dconfig=" + RUN_FOLDER + "/config.properties");
    options.add("-Dlog.levels-file=" + RUN_FOLDER + "/log.properties");
    return options;
  }

  private static List<String> libraries(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::toString)
          .filter(name -> name.endsWith(".jar"))
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Into a folder that only its owner may enter. */
  private static void writeConfiguration(
      Path folder, Path plugins, CatalogFiles catalogs, LoopbackToken token, int port)
      throws IOException {
    PluginFolder.create(plugins, folder.resolve("plugin"));
    Files.writeString(folder.resolve("token.key"), token.keyFile());
    write(folder.resolve("config.properties"), server(folder, port));
    write(folder.resolve("log.properties"), Map.of("io.trino", "WARN", "io.airlift", "WARN"));
    Path etc = Files.createDirectory(folder.resolve("catalog"));
    for (Map.Entry<String, Map<String, String>> catalog : catalogs.files().entrySet()) {
      write(etc.resolve(catalog.getKey() + ".properties"), catalog.getValue());
    }
  }

  private static Map<String, String> server(Path folder, int port) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("node.environment", "kitsune");
    properties.put("node.id", "kitsune");
    properties.put("node.internal-address", LoopbackPort.HOST);
    properties.put("node.bind-ip", LoopbackPort.HOST);
    properties.put("coordinator", "true");
    properties.put("node-scheduler.include-coordinator", "true");
    properties.put("http-server.http.port", Integer.toString(port));
    properties.put("discovery.uri", "http://" + LoopbackPort.HOST + ":" + port);
    properties.put("http-server.log.enabled", "false");
    properties.put("web-ui.enabled", "false");
    properties.put("plugin.dir", folder.resolve("plugin").toString());
    properties.put("catalog.management", "static");
    properties.put("catalog.config-dir", folder.resolve("catalog").toString());
    // See TrinoAddress.
    properties.put("http-server.authentication.type", "JWT");
    properties.put(
        "http-server.authentication.jwt.key-file", folder.resolve("token.key").toString());
    properties.put("http-server.authentication.allow-insecure-over-http", "false");
    properties.put("http-server.process-forwarded", "true");
    properties.put("internal-communication.shared-secret", LoopbackToken.random().keyFile());
    return properties;
  }

  private static void write(Path file, Map<String, String> content) throws IOException {
    Properties properties = new Properties();
    properties.putAll(content);
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
  }
}
