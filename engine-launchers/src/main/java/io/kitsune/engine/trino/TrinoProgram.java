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
import io.kitsune.engine.trino.TrinoSource.AotCacheUse;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts Trino on a loopback port that only this gateway can use. */
final class TrinoProgram implements AutoCloseable {
  /** The class files of Trino 476 are Java 24's. */
  static final int LEAST_JAVA = 24;

  private static final Logger LOG = LoggerFactory.getLogger(TrinoProgram.class);
  private static final String MAIN = "io.trino.server.TrinoServer";
  private static final String NAME = "trino-476";
  private static final String SERVER = "trino-server-476.tar.gz";
  private static final long SEARCH_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int SMALL_HEAP_MEGABYTES = 2_048;

  private final TrinoSource.Launch source;
  private final TrinoSettings.Limits limits;
  private final AotCacheWriter cacheWriter;
  private Optional<JavaInstallation> java = Optional.empty();
  private boolean searched;
  private long searchedAt;

  /**
   * Starts nothing yet.
   *
   * @param quiet whether no statement runs in it
   */
  TrinoProgram(TrinoSource.Launch source, TrinoSettings.Limits limits, BooleanSupplier quiet) {
    this.source = source;
    this.limits = limits;
    Duration after =
        source.aotCache() instanceof AotCacheUse.Kept kept ? kept.after() : Duration.ZERO;
    this.cacheWriter = new AotCacheWriter(after, quiet);
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
    Installed parts = new Installed(installed, files.archive(SERVER));
    Optional<AotCache> cache = cache(parts);
    if (cache.isPresent() && cache.get().present()) {
      try {
        return start(parts, catalogs, cache);
      } catch (KitsuneException e) {
        // A start that took too long or was broken off says nothing against them.
        if (!e.code().equals("ENGINE_START_FAILED")) {
          throw e;
        }
        LOG.warn("Trino does not start with the classes kept before; starting without them", e);
        discard(cache.get());
      }
    }
    return start(parts, catalogs, cache);
  }

  /** What it is started from: a Java, and the server's unpacked archive. */
  private record Installed(JavaInstallation java, Path server) {
    Path plugins() {
      return server.resolve("plugin");
    }
  }

  private RunningServer<TrinoAddress> start(
      Installed parts, CatalogFiles catalogs, Optional<AotCache> cache) {
    LoopbackToken token = LoopbackToken.random();
    int port = LoopbackPort.free();
    List<String> libraries = libraries(parts.server().resolve("lib"));
    List<String> options = new ArrayList<>(jvmOptions());
    cache.ifPresent(kept -> options.addAll(kept.startOptions()));
    boolean listed = cache.isPresent() && !cache.get().present();
    JvmProgram program =
        new JvmProgram(
            "trino",
            parts.java().home(),
            options,
            cache.map(kept -> kept.classPath(libraries)).orElse(libraries),
            List.of(),
            MAIN,
            List.of(),
            catalogs.environment(),
            source.folder(),
            source.folder().resolve("trino.log"));
    AtomicReference<Path> run = new AtomicReference<>();
    ChildProcess child =
        ChildProcess.start(
            program,
            folder -> {
              run.set(folder);
              writeConfiguration(folder, parts.plugins(), catalogs, token, port);
            });
    TrinoAddress address = TrinoAddress.started(port, token, limits.answer());
    child.awaitReady(limits.start(), () -> TrinoInfo.ready(address));
    if (listed) {
      cacheWriter.makeLater(
          new AotCacheWriter.Task(
              cache.get(),
              child,
              run.get().resolve(AotCache.LIST),
              classes ->
                  PluginFolder.withoutLinks(classes, parts.plugins(), run.get().resolve("plugin")),
              unfinished -> maker(parts, program.classPath(), unfinished)));
    }
    return RunningServer.started("Trino", address, child);
  }

  private Optional<AotCache> cache(Installed parts) {
    if (source.aotCache() instanceof AotCacheUse.None) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          AotCache.open(
              source.folder().resolve("aot-cache"),
              parts.java(),
              jvmOptions(),
              libraries(parts.server().resolve("lib"))));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Trino's classes can't be kept for faster starts", e);
      return Optional.empty();
    }
  }

  private static void discard(AotCache cache) {
    try {
      cache.discard();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JvmProgram maker(Installed parts, List<String> classPath, Path unfinished) {
    List<String> options = new ArrayList<>(jvmOptions());
    options.addAll(AotCache.makeOptions(unfinished));
    return new JvmProgram(
        "trino-aot-cache",
        parts.java().home(),
        options,
        classPath,
        List.of(),
        MAIN,
        List.of(),
        Map.of(),
        source.folder(),
        source.folder().resolve("trino-aot-cache.log"));
  }

  /** Ends what is done for the next start; a running Trino is its owner's. */
  @Override
  public void close() {
    cacheWriter.close();
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
