// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.spark.child.ProgressEndpoint;
import io.kitsune.engine.spark.child.SharedSecret;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.engine.thrift.Authentication;
import io.kitsune.engine.thrift.ThriftAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;

/** Starts Spark with its Thrift server on a loopback port that only this gateway can use. */
final class SparkProgram {
  /** By name: their superclasses are Spark's and not on the gateway's class path. */
  private static final String CHILD = "io.kitsune.engine.spark.child.";

  private static final String SHARED_SECRET = CHILD + "SharedSecret";
  private static final String SERVER = CHILD + "SparkServer";
  private static final List<String> OWN_CLASSES =
      List.of(
          SHARED_SECRET,
          SERVER,
          CHILD + "ProgressEndpoint",
          CHILD + "StatementTasks",
          CHILD + "TaskCount",
          CHILD + "Recent");

  private static final String PROGRESS_FILE = "progress";
  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";

  /** Longer is no gain: a poll returns as soon as the statement ends. */
  private static final String POLL_LIMIT = "100ms";

  /** What Spark 3.5 and Iceberg reach into on Java 17; Spark's own list. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private final SparkSettings settings;

  SparkProgram(SparkSettings settings) {
    this.settings = settings;
  }

  /** Returns once a session can be opened. */
  RunningServer<SparkAddress> start(ProgressListener listener) {
    SparkInstallation installation = SparkInstallation.of(settings.source(), listener);
    Optional<String> metastore = settings.metastore().uris(listener);
    listener.progress("starting Spark");
    String secret = secret();
    int port = LoopbackPort.free();
    AtomicReference<Path> runFolder = new AtomicReference<>();
    ChildProcess child =
        ChildProcess.start(
            program(installation, SparkConfiguration.of(settings, metastore), port, secret),
            runFolder::set);
    child.awaitReady(settings.limits().start(), () -> LoopbackPort.answers(port));
    ThriftAddress address =
        new ThriftAddress(
            LoopbackPort.HOST, port, new Authentication.Plain(secret), settings.limits().answer());
    RunningServer<SparkAddress> spark =
        RunningServer.started("Spark", new SparkAddress(address, Optional.empty()), child);
    try {
      // Makes Spark take the secret, before any statement could look for it.
      SparkSession.open(spark, firstSession(), settings.limits(), () -> {}).close();
      Path progress = runFolder.get().resolve(PROGRESS_FILE);
      return RunningServer.started(
          "Spark", new SparkAddress(address, ProgressAddress.take(progress)), child);
    } catch (RuntimeException e) {
      spark.close();
      throw e;
    }
  }

  private static SessionSettings firstSession() {
    int version = TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10.getValue();
    return new SessionSettings("start", "kitsune", version, Map.of());
  }

  private JvmProgram program(
      SparkInstallation installation, Map<String, String> configuration, int port, String secret) {
    List<String> classPath = new ArrayList<>(List.of(logConfiguration().toString()));
    Optional.ofNullable(System.getenv("HADOOP_CONF_DIR")).ifPresent(classPath::add);
    classPath.addAll(installation.classPath());
    return new JvmProgram(
        "spark",
        settings.javaHome(),
        jvmOptions(configuration, secret),
        classPath,
        OWN_CLASSES,
        "org.apache.spark.deploy.SparkSubmit",
        arguments(configuration, port),
        installation.environment(),
        settings.folder(),
        settings.folder().resolve("spark.log"));
  }

  private List<String> jvmOptions(Map<String, String> configuration, String secret) {
    List<String> options = new ArrayList<>();
    options.add("-Xmx" + settings.heapMegabytes() + "m");
    options.add("-Djdk.reflect.useDirectMethodHandle=false");
    options.add("-Djava.io.tmpdir=" + JvmProgram.RUN_FOLDER + "/tmp");
    // A Spark without memory answers some calls and not others; one that ended is replaced.
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.add("-D" + SharedSecret.PROPERTY + "=" + secret);
    options.add(
        "-D" + ProgressEndpoint.PROPERTY + "=" + JvmProgram.RUN_FOLDER + "/" + PROGRESS_FILE);
    OPENED.forEach(name -> options.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    // Spark reads this key only where it starts the JVM itself.
    Stream.of(configuration.getOrDefault(DRIVER_OPTIONS, "").split(" ", -1))
        .filter(option -> !option.isEmpty())
        .forEach(options::add);
    return options;
  }

  private static List<String> arguments(Map<String, String> configuration, int port) {
    List<String> arguments = new ArrayList<>(List.of("--class", SERVER));
    configuration.forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
    arguments.add("spark-internal");
    Map<String, String> server =
        Map.ofEntries(
            Map.entry("hive.server2.thrift.bind.host", LoopbackPort.HOST),
            Map.entry("hive.server2.thrift.port", Integer.toString(port)),
            Map.entry("hive.server2.authentication", "CUSTOM"),
            Map.entry("hive.server2.custom.authentication.class", SHARED_SECRET),
            Map.entry("hive.server2.enable.doAs", "false"),
            Map.entry("hive.server2.long.polling.timeout", POLL_LIMIT),
            // Less lets through Hive's own loggers only, none of Spark's.
            Map.entry("hive.server2.logging.operation.level", "VERBOSE"));
    server.forEach((key, value) -> arguments.addAll(List.of("--hiveconf", key + "=" + value)));
    return arguments;
  }

  private Path logConfiguration() {
    Path folder = settings.folder().resolve("conf");
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("log4j2.properties"),
          """
          rootLogger.level = warn
          rootLogger.appenderRef.console.ref = console
          appender.console.type = Console
          appender.console.name = console
          appender.console.target = SYSTEM_ERR
          appender.console.layout.type = PatternLayout
          appender.console.layout.pattern = %d{ISO8601} %p %c{1}: %m%n%ex
          # To it, every connection that ends is an error.
          logger.thrift.name = org.apache.thrift.server.TThreadPoolServer
          logger.thrift.level = off
          """);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String secret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
