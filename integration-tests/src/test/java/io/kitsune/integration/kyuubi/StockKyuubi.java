// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kyuubi.jdbc.KyuubiHiveDriver;

/**
 * The given Kyuubi as a running server: its programs and jars unchanged, by links from a folder of
 * the test's own, with a {@code kyuubi-defaults.conf} that keeps it on loopback.
 */
final class StockKyuubi implements AutoCloseable {
  /** What conf/kyuubi has for an operator. */
  private static final Path LINES = Path.of("..", "conf", "kyuubi", "kyuubi-defaults.conf");

  private final ServerProcess process;
  private final Path home;
  private final int port;
  private final int restPort;

  private StockKyuubi(ServerProcess process, Path home, int port, int restPort) {
    this.process = process;
    this.home = home;
    this.port = port;
    this.restPort = restPort;
  }

  /**
   * With the advisor's jar and the lines of conf/kyuubi.
   *
   * @param folder empty, or made here
   * @param quorum ZooKeeper's address
   * @param further lines of kyuubi-defaults.conf: {@code key=value}
   */
  static StockKyuubi withAdvisor(Path folder, String quorum, String... further) throws IOException {
    Files.createDirectories(folder.resolve("home/jars"));
    AdvisorJar.write(folder.resolve("home/jars/kitsune-server-plugin.jar"));
    List<String> lines = new ArrayList<>(Files.readAllLines(LINES));
    lines.addAll(List.of(further));
    return start(folder, quorum, lines);
  }

  /** As its project ships it. */
  static StockKyuubi alone(Path folder, String quorum) throws IOException {
    return start(folder, quorum, List.of());
  }

  /** With lines of the test's own, stronger than none of those that keep it on loopback. */
  static StockKyuubi with(Path folder, String quorum, List<String> lines) throws IOException {
    return start(folder, quorum, lines);
  }

  private static StockKyuubi start(Path folder, String quorum, List<String> lines)
      throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    for (String part : List.of("bin", "externals", "RELEASE")) {
      Files.createSymbolicLink(home.resolve(part), GivenKyuubi.home().resolve(part));
    }
    Files.createDirectories(home.resolve("jars"));
    try (Stream<Path> jars = Files.list(GivenKyuubi.home().resolve("jars"))) {
      for (Path jar : jars.toList()) {
        Files.createSymbolicLink(home.resolve("jars").resolve(jar.getFileName()), jar);
      }
    }
    int port = FreePort.next();
    int restPort = FreePort.next();
    Path configuration = Files.createDirectories(folder.resolve("conf"));
    Files.copy(
        GivenKyuubi.home().resolve("conf/log4j2.xml.template"),
        configuration.resolve("log4j2.xml"));
    // Java's properties: of two lines with one key, the later one counts.
    Files.writeString(
        configuration.resolve("kyuubi-defaults.conf"),
        String.join("\n", lines) + "\n" + onLoopback(folder, quorum, port, restPort));
    ServerProcess process =
        ServerProcess.start(
            List.of(home.resolve("bin/kyuubi").toString(), "run"),
            variables(folder, home, configuration),
            folder.resolve("server.log"));
    try {
      process.awaitPort(port);
      process.awaitPort(restPort);
      return new StockKyuubi(process, home, port, restPort);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static Map<String, String> variables(Path folder, Path home, Path configuration) {
    Map<String, String> variables = new HashMap<>();
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("KYUUBI_HOME", home.toString());
    variables.put("KYUUBI_CONF_DIR", configuration.toString());
    variables.put("KYUUBI_LOG_DIR", folder.resolve("logs").toString());
    variables.put("KYUUBI_PID_DIR", folder.resolve("pid").toString());
    variables.put("KYUUBI_WORK_DIR_ROOT", folder.resolve("work").toString());
    variables.put("KYUUBI_JAVA_OPTS", "-Xmx512m");
    GivenKyuubi.spark().ifPresent(spark -> variables.put("SPARK_HOME", spark.toString()));
    return variables;
  }

  private static String onLoopback(Path folder, String quorum, int port, int restPort) {
    return """
    kyuubi.ha.addresses=%s
    kyuubi.frontend.protocols=THRIFT_BINARY,REST
    kyuubi.frontend.bind.host=127.0.0.1
    kyuubi.frontend.advertised.host=127.0.0.1
    kyuubi.frontend.thrift.binary.bind.port=%d
    kyuubi.frontend.rest.bind.port=%d
    kyuubi.metrics.enabled=false
    kyuubi.metadata.store.jdbc.url=jdbc:sqlite:%s/state.db
    kyuubi.operation.log.dir.root=%s/operation_logs
    hadoop.proxyuser.kitsune.hosts=*
    hadoop.proxyuser.kitsune.groups=*
    spark.master=local[2]
    spark.ui.enabled=false
    spark.driver.memory=1g
    spark.driver.host=127.0.0.1
    spark.driver.bindAddress=127.0.0.1
    spark.kyuubi.frontend.bind.host=127.0.0.1
    spark.kyuubi.frontend.thrift.binary.bind.host=127.0.0.1
    spark.sql.catalogImplementation=in-memory
    spark.sql.warehouse.dir=%s/warehouse
    """
        .formatted(quorum, port, restPort, folder, folder, folder);
  }

  /** {@code host:port} for drivers. */
  String address() {
    return "127.0.0.1:" + port;
  }

  /** A connection of Kyuubi's driver, with settings of the session: {@code key=value}. */
  Connection connect(String... settings) throws SQLException {
    return connectAs("tester", settings);
  }

  /** As the other, for a user. */
  Connection connectAs(String user, String... settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    String url = "jdbc:kyuubi://" + address() + "/default";
    return new KyuubiHiveDriver()
        .connect(settings.length == 0 ? url : url + ";?" + String.join(";", settings), properties);
  }

  /** A session of the REST API. */
  RestSession restSession(Map<String, String> settings) throws IOException, InterruptedException {
    return RestSession.open(restPort, settings);
  }

  /** What it has printed. */
  String log() throws IOException {
    return process.output();
  }

  /** What it has logged. */
  String output() throws IOException {
    return process.output();
  }

  /** As {@code kill -9}; its engines live on. */
  void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() throws IOException {
    process.close();
    // Left to JUnit, each link out of a temporary folder would be a warning.
    try (Stream<Path> files = Files.walk(home)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }
}
