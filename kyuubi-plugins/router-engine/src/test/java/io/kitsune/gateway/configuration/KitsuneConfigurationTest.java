// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.ConfiguredCatalogs;
import io.kitsune.catalog.iceberg.IcebergRestCatalogFactory;
import io.kitsune.catalog.iceberg.scan.ScanLimits;
import io.kitsune.engine.duckdb.DuckDbSettings;
import io.kitsune.engine.health.EngineLimits;
import io.kitsune.engine.kyuubi.KyuubiUrl;
import io.kitsune.engine.trino.TrinoSource;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.authentication.Authenticator;
import io.kitsune.gateway.authentication.KyuubiTokens;
import io.kitsune.gateway.discovery.DiscoverySettings;
import io.kitsune.gateway.discovery.ZooKeeperAccess;
import io.kitsune.redirection.store.StoreLocation;
import io.kitsune.router.Engine;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.decision.CostModel.EngineCost;
import io.kitsune.router.reading.ReadingLimits;
import io.kitsune.router.writing.TrinoCatalogNames;
import io.kitsune.secret.SecretReference;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KitsuneConfigurationTest {
  private static final Path USER_HOME = Path.of(System.getProperty("user.home"));

  @TempDir Path folder;

  @Test
  void hasDefaults() {
    KitsuneConfiguration defaults = KitsuneConfiguration.load(Optional.empty(), Map.of());
    assertThat(defaults.home()).isEqualTo(USER_HOME.resolve(".kitsune"));
    assertThat(defaults.cacheDirectory()).isEqualTo(USER_HOME.resolve(".cache/kitsune"));
    assertThat(defaults.engine()).isEqualTo(EngineChoice.AUTO);
    assertThat(defaults.warmUp()).isTrue();
    assertThat(defaults.frontend().host()).isEqualTo("127.0.0.1");
    assertThat(defaults.frontend().port()).isEqualTo(10_009);
    assertThat(defaults.frontend().transport()).isEqualTo(FrontendKeys.Transport.SASL_PLAIN);
    assertThat(defaults.frontend().allowUnauthenticatedRemote()).isFalse();
    assertThat(defaults.frontend().maxMessageSize().bytes(0)).isEqualTo(16 << 20);
    assertThat(defaults.authentication().type()).isEqualTo(AuthenticationKeys.Type.NONE);
    assertThat(defaults.authentication().passwordFile()).isEmpty();
    assertThat(defaults.session().max()).isEqualTo(1_000);
    assertThat(defaults.operation().timeout()).isEqualTo(Duration.ofHours(24));
    assertThat(defaults.readingLimits()).isEqualTo(ReadingLimits.DEFAULT);
    assertThat(defaults.costModel()).isEqualTo(CostModel.DEFAULT);
    assertThat(defaults.scanLimits()).isEqualTo(ScanLimits.USUAL);
    assertThat(defaults.spark().mode()).isEqualTo(SparkKeys.Mode.LAUNCH);
    assertThat(defaults.spark().start()).isEqualTo(SparkKeys.Start.ON_DEMAND);
    assertThat(defaults.sparkConfiguration()).isEmpty();
    assertThat(defaults.catalogs()).isEmpty();
    assertThat(defaults.discoverySettings()).isEmpty();
    assertThat(defaults.redirectionStore())
        .isEqualTo(new StoreLocation.EmbeddedFile(USER_HOME.resolve(".kitsune/state")));
  }

  @Test
  void duckDbsDefaultsAreThoseOfItsModule() {
    DuckDbSettings settings =
        KitsuneConfiguration.load(Optional.empty(), Map.of()).duckDbSettings();
    DuckDbSettings defaults = DuckDbSettings.defaults(USER_HOME.resolve(".kitsune/duckdb-tmp"));
    assertThat(settings)
        .usingRecursiveComparison()
        .ignoringFields("memoryLimitBytes")
        .isEqualTo(defaults);
    assertThat((double) settings.memoryLimitBytes() / defaults.memoryLimitBytes())
        .isBetween(0.99, 1.01);
  }

  @Test
  void mapsEveryDeclaredKey() throws Exception {
    // A value for each that differs from its default: then every getter must differ too.
    Map<String, String> others = new TreeMap<>();
    for (KeyGroup group : DeclaredKeys.groups()) {
      for (DeclaredKey key : group.keys()) {
        others.put(key.name(), otherValue(key));
      }
    }
    others.put("kitsune.discovery.administrators", "sasl:other");
    Path file = write(lines(others));
    KitsuneConfiguration changed = KitsuneConfiguration.load(Optional.of(file), Map.of());
    KitsuneConfiguration defaults = KitsuneConfiguration.load(Optional.empty(), Map.of());
    for (Object[] pair :
        List.of(
            new Object[] {FrontendKeys.class, changed.frontend(), defaults.frontend()},
            new Object[] {
              AuthenticationKeys.class, changed.authentication(), defaults.authentication()
            },
            new Object[] {RestKeys.class, changed.rest(), defaults.rest()},
            new Object[] {SessionKeys.class, changed.session(), defaults.session()},
            new Object[] {HistoryKeys.class, changed.history(), defaults.history()},
            new Object[] {OperationKeys.class, changed.operation(), defaults.operation()},
            new Object[] {SparkKeys.class, changed.spark(), defaults.spark()},
            new Object[] {TrinoKeys.class, changed.trino(), defaults.trino()},
            new Object[] {FlinkKeys.class, changed.flink(), defaults.flink()})) {
      for (Method method : ((Class<?>) pair[0]).getDeclaredMethods()) {
        assertThat(method.invoke(pair[1]))
            .as(method.toString())
            .isNotEqualTo(method.invoke(pair[2]));
      }
    }
    assertThat(changed.home()).isEqualTo(Path.of("/other"));
    assertThat(changed.cacheDirectory()).isEqualTo(Path.of("/other"));
    assertThat(changed.engine()).isEqualTo(EngineChoice.DUCKDB);
    assertThat(changed.warmUp()).isFalse();
    assertThat(changed.readingLimits()).isEqualTo(new ReadingLimits(7, 7, 7));
    assertThat(changed.learningHalfLife()).isEmpty();
    assertThat(defaults.learningHalfLife()).contains(Duration.ofDays(1));
    EngineCost cost =
        new EngineCost(
            Duration.ofSeconds(7), Duration.ofSeconds(7), Duration.ofSeconds(7), 123_000_000, 7);
    assertThat(changed.costModel())
        .isEqualTo(
            new CostModel(
                Map.of(
                    Engine.DUCKDB,
                    cost,
                    Engine.TRINO,
                    cost,
                    Engine.SPARK,
                    cost,
                    Engine.FLINK,
                    cost),
                123_000_000));
    assertThat(changed.scanLimits()).isEqualTo(new ScanLimits(7, 7, Duration.ofSeconds(7), 7));
    assertThat(changed.duckDbSettings())
        .isEqualTo(
            new DuckDbSettings(
                123_000_000,
                7,
                Path.of("/other"),
                123_000_000,
                List.of(Path.of("/other")),
                7,
                7,
                Duration.ofSeconds(10)));
    for (Engine engine : List.of(Engine.DUCKDB, Engine.TRINO, Engine.SPARK)) {
      assertThat(changed.engineLimits(engine))
          .isEqualTo(new EngineLimits(7, 7, 7, 7, Duration.ofSeconds(7)));
    }
    SecretReference secret = SecretReference.parse("env:OTHER");
    assertThat(changed.redirectionStore())
        .isEqualTo(new StoreLocation.PostgreSql("jdbc:postgresql://other/db", secret, secret));
    assertThat(changed.discoverySettings())
        .contains(
            new DiscoverySettings(
                "other",
                List.of("other"),
                List.of("other"),
                "other",
                "other",
                new ZooKeeperAccess.SaslDigest(secret),
                List.of("sasl:other"),
                "other",
                Duration.ofSeconds(7),
                Duration.ofSeconds(7)));
    assertThat(changed.advertisedHost()).isEqualTo("other");
    assertThat(changed.advertisedPort(10_009)).isEqualTo(7);
    assertThat(changed.instance()).isEqualTo("other");
    assertThat(defaults.advertisedPort(10_009)).isEqualTo(10_009);
    assertThat(defaults.instance()).isEqualTo("kitsune-127.0.0.1-10009");
  }

  @Test
  void logsInAtZooKeeperAsKyuubiDoes() {
    Map<String, String> keys =
        new TreeMap<>(
            Map.of(
                "kitsune.discovery.quorum", "localhost:2181",
                "kitsune.discovery.digest", "env:OTHER"));
    assertThat(access(keys)).isInstanceOf(ZooKeeperAccess.Digest.class);
    keys.put("kitsune.discovery.login", "none");
    assertThat(access(keys)).isInstanceOf(ZooKeeperAccess.Open.class);
    keys.put("kitsune.discovery.login", "kerberos");
    assertThatThrownBy(() -> access(keys))
        .hasMessageContaining("kitsune.discovery.kerberos-principal must be set");
    keys.put("kitsune.discovery.kerberos-principal", "kitsune/host@REALM");
    assertThatThrownBy(() -> access(keys))
        .hasMessageContaining("kitsune.discovery.kerberos-keytab must be set");
    keys.put("kitsune.discovery.kerberos-keytab", "/etc/kitsune.keytab");
    assertThat(access(keys))
        .isEqualTo(
            new ZooKeeperAccess.Kerberos("kitsune/host@REALM", Path.of("/etc/kitsune.keytab"), ""));
  }

  private static ZooKeeperAccess access(Map<String, String> keys) {
    return KitsuneConfiguration.load(Optional.empty(), keys)
        .discoverySettings()
        .orElseThrow()
        .access();
  }

  @Test
  void handsCatalogsAndSparksOwnKeysThrough() throws IOException {
    Path file =
        write(
            """
            kitsune.catalog.spark_catalog.type = hive
            kitsune.catalog.spark_catalog.uri=thrift://a:9083,thrift://b:9083
            kitsune.spark.conf.spark.sql.catalog.lake.uri = ${HOME}/x=y:z
            """);
    KitsuneConfiguration configuration = KitsuneConfiguration.load(Optional.of(file), Map.of());
    assertThat(configuration.catalogs())
        .containsExactly(
            Map.entry("kitsune.catalog.spark_catalog.type", "hive"),
            Map.entry("kitsune.catalog.spark_catalog.uri", "thrift://a:9083,thrift://b:9083"));
    assertThat(configuration.sparkConfiguration())
        .containsExactly(Map.entry("spark.sql.catalog.lake.uri", "${HOME}/x=y:z"));
  }

  @Test
  void theCommandLineWins() throws IOException {
    Path file = write("kitsune.frontend.port=1\nkitsune.home=/from-file");
    KitsuneConfiguration configuration =
        KitsuneConfiguration.load(Optional.of(file), Map.of("kitsune.frontend.port", "2"));
    assertThat(configuration.frontend().port()).isEqualTo(2);
    assertThat(configuration.home()).isEqualTo(Path.of("/from-file"));
  }

  @Test
  void aKeyWithoutAValueIsNotSet() throws IOException {
    Path file = write("kitsune.frontend.port=\nkitsune.spark.home =  \n");
    KitsuneConfiguration configuration = KitsuneConfiguration.load(Optional.of(file), Map.of());
    assertThat(configuration.frontend().port()).isEqualTo(10_009);
    assertThat(configuration.spark().home()).isEmpty();
  }

  @Test
  void namesFileLineAndKeyOfEverythingThatIsWrong() throws IOException {
    Path file =
        write(
            """
            # A comment,
            ! and another; then a value over two lines:
            kitsune.discovery.namespaces = a,\\
                b

            kitsune.frontend.port = 70000
            kitsune.frontend.prot: 10009
            kitsune.frontend.allow-unauthenticated-remote yes
            spark.sql.shuffle.partitions=3
            """);
    assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.of(file), Map.of()))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining(
            file
                + ", line 6: kitsune.frontend.port is '70000'; it must be a whole number from 0 to 65535")
        .hasMessageContaining(file + ", line 7: no such key: kitsune.frontend.prot; ")
        .hasMessageContaining(", port, ")
        .hasMessageContaining(
            file
                + ", line 8: kitsune.frontend.allow-unauthenticated-remote is 'yes'; it must be true or false")
        .hasMessageContaining(file + ", line 9: no such key: spark.sql.shuffle.partitions");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kitsune.frontend.port=10009.0",
        "kitsune.frontend.port=-1",
        "kitsune.frontend.allow-unauthenticated-remote=TRUE",
        "kitsune.operation.timeout=10",
        "kitsune.operation.timeout=0s",
        "kitsune.operation.timeout=999us",
        "kitsune.cost.duckdb-file=0us",
        "kitsune.operation.timeout=99999999999999999999h",
        "kitsune.operation.timeout=-PT1H",
        "kitsune.duckdb.memory-limit=lots",
        "kitsune.duckdb.memory-limit=0%",
        "kitsune.duckdb.memory-limit=101%",
        "kitsune.duckdb.memory-limit=9999999999GB",
        "kitsune.duckdb.memory-limit=1MiB",
        "kitsune.frontend.max-message-size=25%",
        "kitsune.frontend.max-message-size=2GiB",
        "kitsune.spark.heap=100MiB",
        "kitsune.duckdb.allowed-directories=/a,b",
        "kitsune.spark.mode=LAUNCH",
        "kitsune.spark.mode=url\nkitsune.spark.url=spark",
        "kitsune.spark.mode=url\nkitsune.spark.url=kyuubi://a:1/sales",
        "kitsune.trino.heap=100MiB",
        "kitsune.trino.mode=url\nkitsune.trino.url=trino:8080",
        "kitsune.trino.mode=url\nkitsune.trino.url=http://a b",
        "kitsune.trino.mode=url\nkitsune.trino.url=jdbc:trino://a:8080",
        "kitsune.trino.mode=url\nkitsune.trino.url=http://a:8080\nkitsune.trino.access-token=env:A",
        "kitsune.trino.mode=url\nkitsune.trino.url=https://a\nkitsune.trino.user=u\nkitsune.trino.password=env:A\nkitsune.trino.access-token=env:A",
        "kitsune.home=relative",
        "kitsune.home=/a;b",
        "kitsune.engine=presto",
        "kitsune.flink.heap=100MiB",
        "kitsune.flink.mode=url\nkitsune.flink.url=flink:8083",
        "kitsune.flink.mode=url\nkitsune.flink.url=http://user:secret@flink:8083",
        "kitsune.discovery.quorum=a:1\nkitsune.discovery.namespaces=a/b",
        "kitsune.redirection.url=jdbc:mysql://a/b\nkitsune.redirection.user=env:A\nkitsune.redirection.password=env:B"
      })
  void refusesWrongValues(String lines) throws IOException {
    Path file = write(lines);
    assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.of(file), Map.of()))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> assertThat(error.code()).isEqualTo("CONFIG_VALUE_INVALID"))
        .hasMessageContaining("kitsune.");
  }

  @Test
  void sparkAtAUrlIsAThriftServerOrKyuubi() {
    assertThat(sparkUrl("spark:10000")).isEqualTo(new SparkUrl.OfThriftServer("spark", 10_000));
    assertThat(sparkUrl("kyuubi://a:10009"))
        .isEqualTo(new SparkUrl.OfKyuubi(KyuubiUrl.parse("kyuubi://a:10009")));
  }

  private static SparkUrl sparkUrl(String url) {
    return KitsuneConfiguration.load(
            Optional.empty(), Map.of("kitsune.spark.mode", "url", "kitsune.spark.url", url))
        .sparkUrl();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kitsune.authentication.type=password-file",
        "kitsune.spark.mode=home",
        "kitsune.spark.mode=url",
        "kitsune.flink.mode=url",
        "kitsune.trino.mode=url",
        "kitsune.trino.mode=url\nkitsune.trino.url=https://a\nkitsune.trino.password=env:A",
        "kitsune.redirection.url=jdbc:postgresql://a/b"
      })
  void missesWhatAChoiceNeeds(String line) throws IOException {
    Path file = write(line);
    assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.of(file), Map.of()))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> assertThat(error.code()).isEqualTo("CONFIG_KEY_MISSING"));
  }

  @Test
  void namesFileAndLineOfACatalogsKeyToo() throws IOException {
    Path file =
        write(
            """
            kitsune.catalog.lake.type=iceberg-rest
            kitsune.catalog.lake.uri=http://127.0.0.1:1

            kitsune.catalog.lake.colour=red
            """);
    KitsuneConfiguration configuration = KitsuneConfiguration.load(Optional.of(file), Map.of());
    assertThatThrownBy(
            () ->
                ConfiguredCatalogs.of(
                        configuration.catalogs(),
                        List.of(new IcebergRestCatalogFactory()),
                        configuration::place)
                    .close())
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining(file + ", line 4: kitsune.catalog.lake.colour is no such key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void letsNobodyInUnaskedWhereOthersCanReachIt(String host) {
    Map<String, String> open = new TreeMap<>(Map.of("kitsune.frontend.host", host));
    assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.empty(), open).authenticator())
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> assertThat(error.code()).isEqualTo("AUTHENTICATION_REQUIRED"))
        .hasMessageContaining(host)
        .hasMessageContaining("kitsune.frontend.allow-unauthenticated-remote=true");
    open.put("kitsune.frontend.allow-unauthenticated-remote", "true");
    assertThat(KitsuneConfiguration.load(Optional.empty(), open).authenticator()).isNotNull();
  }

  @Test
  void letsNobodyUseTheRestApiUnaskedWhereOthersCanReachIt() {
    Map<String, String> open = new TreeMap<>(Map.of("kitsune.rest.host", "0.0.0.0"));
    assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.empty(), open).authenticator())
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> assertThat(error.code()).isEqualTo("AUTHENTICATION_REQUIRED"))
        .hasMessageContaining("kitsune.rest.host is 0.0.0.0");
    open.put("kitsune.rest.enabled", "false");
    assertThat(KitsuneConfiguration.load(Optional.empty(), open).authenticator()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
  void trustsThisMachinesUsersOnLoopback(String host) throws IOException {
    Authenticator authenticator =
        KitsuneConfiguration.load(Optional.empty(), Map.of("kitsune.frontend.host", host))
            .authenticator();
    InetAddress here = InetAddress.getLoopbackAddress();
    assertThat(authenticator.authenticate("ana", "", here)).isEqualTo("ana");
    assertThatThrownBy(
            () -> authenticator.authenticate("ana", "", InetAddress.getByName("192.0.2.1")))
        .isInstanceOf(KitsuneException.class);
  }

  @Test
  void needsItsPasswordFile() {
    Map<String, String> keys =
        Map.of(
            "kitsune.authentication.type",
            "password-file",
            "kitsune.authentication.password-file",
            folder.resolve("gone").toString());
    assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.empty(), keys).authenticator())
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> assertThat(error.code()).isEqualTo("AUTHENTICATION_FILE_INVALID"));
  }

  @Test
  void takesKyuubisTokensWithOneSecret() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "shared");
    Map<String, String> keys =
        new TreeMap<>(
            Map.of(
                "kitsune.frontend.host", "0.0.0.0",
                "kitsune.authentication.type", "kyuubi-token"));
    assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.empty(), keys))
        .hasMessageContaining("kitsune.authentication.kyuubi-secret-node, one of them");
    keys.put("kitsune.authentication.kyuubi-secret", "file:" + secret);
    try (Authenticator authenticator =
        KitsuneConfiguration.load(Optional.empty(), keys).authenticator()) {
      InetAddress server = InetAddress.getLoopbackAddress();
      String token = KyuubiTokens.issue("shared", Instant.now());
      assertThat(authenticator.authenticate("ana", token, server)).isEqualTo("ana");
      assertThatThrownBy(() -> authenticator.authenticate("ana", "shared", server))
          .isInstanceOf(KitsuneException.class);
    }
    keys.put("kitsune.authentication.kyuubi-key-length", "160");
    assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.empty(), keys))
        .hasMessageContaining("128, 192 and 256");
    keys.put("kitsune.authentication.kyuubi-key-length", "256");
    keys.remove("kitsune.authentication.kyuubi-secret");
    keys.put("kitsune.authentication.kyuubi-secret-node", "/secret");
    assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.empty(), keys))
        .hasMessageContaining("kitsune.discovery.quorum must be set");
  }

  @Test
  void describesATrinoThatRunsElsewhere() throws IOException {
    Path file =
        write(
            """
            kitsune.trino.mode=url
            kitsune.trino.url=https://trino.example.org:8443
            kitsune.trino.user=kitsune
            kitsune.trino.password=env:TRINO_PASSWORD
            kitsune.trino.trust-store=/etc/trino.pem
            kitsune.trino.source=kitsune-prod
            kitsune.trino.client-tags=bi,adhoc
            kitsune.trino.session.query_max_run_time=1h
            kitsune.trino.session.hive.orc_lazy_read=true
            kitsune.trino.role.hive=analyst
            kitsune.trino.extra-credential.token=env:TOKEN
            kitsune.trino.catalog-mapping.spark_catalog.hive=hive
            kitsune.trino.catalog-mapping.spark_catalog.iceberg=ice
            kitsune.trino.catalog-mapping.lake.iceberg=ice
            """);

    KitsuneConfiguration configuration = KitsuneConfiguration.load(Optional.of(file), Map.of());

    assertThat(configuration.trinoEndpoint())
        .isEqualTo(
            new TrinoSource.Endpoint(
                URI.create("https://trino.example.org:8443"),
                new TrinoSource.Authentication.Password(
                    "kitsune", SecretReference.parse("env:TRINO_PASSWORD")),
                new TrinoSource.Trust.PemFile(Path.of("/etc/trino.pem")),
                new TrinoSource.StatementExtras(
                    "kitsune-prod",
                    Set.of("bi", "adhoc"),
                    Map.of("query_max_run_time", "1h", "hive.orc_lazy_read", "true"),
                    Map.of("hive", "analyst"),
                    Map.of("token", SecretReference.parse("env:TOKEN"))),
                Set.of("hive", "ice")));
    assertThat(configuration.trinoCatalogNames())
        .isEqualTo(
            new TrinoCatalogNames(
                Map.of("spark_catalog", "hive"), Map.of("spark_catalog", "ice", "lake", "ice")));
  }

  @Test
  void aTrinosUrlIsNotRepeatedWhereAPasswordMayBeInIt() throws IOException {
    for (String url : List.of("http://a:hush@b:8080", "http://a:hush pass@b")) {
      Path file = write("kitsune.trino.mode=url\nkitsune.trino.url=" + url);
      assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.of(file), Map.of()))
          .hasMessageContaining("line 2: kitsune.trino.url: must be http://host:port")
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void neverRepeatsACredential() throws IOException {
    Path file = write("kitsune.redirection.password=hunter2");
    assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.of(file), Map.of()))
        .hasMessageContaining("line 1: kitsune.redirection.password must be a reference")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatThrownBy(
            () -> KitsuneConfiguration.load(Optional.of(folder.resolve("gone")), Map.of()))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining(folder.resolve("gone").toString());
    assertThatThrownBy(() -> KitsuneConfiguration.load(Optional.of(folder), Map.of()))
        .isInstanceOf(KitsuneException.class);
  }

  @Test
  void saysThatTheCommandLineIsWrong() {
    assertThatThrownBy(
            () -> KitsuneConfiguration.load(Optional.empty(), Map.of("kitsune.frontend.port", "x")))
        .hasMessage(
            "command line: kitsune.frontend.port is 'x'; it must be a whole number from 0 to 65535");
  }

  @Test
  void sessionsMaySetOnlyWhatIsMarkedSo() {
    KitsuneConfiguration.checkSessionSetting("kitsune.engine", "duckdb");
    KitsuneConfiguration.checkSessionSetting("spark.sql.ansi.enabled", "anything");
    assertSettingRefused("SETTING_INVALID", "kitsune.engine", "oracle");
    assertSettingRefused("SETTING_NOT_PER_SESSION", "kitsune.home", "/x");
    assertSettingRefused("SETTING_UNKNOWN", "kitsune.engin", "duckdb");
    assertSettingRefused("SETTING_UNKNOWN", "kitsune.catalog.lake.type", "hive");
  }

  private static void assertSettingRefused(String code, String key, String value) {
    assertThatThrownBy(() -> KitsuneConfiguration.checkSessionSetting(key, value))
        .isInstanceOfSatisfying(
            KitsuneException.class, error -> assertThat(error.code()).isEqualTo(code))
        .hasMessageContaining(key);
  }

  private static String otherValue(DeclaredKey key) {
    if (key.name().equals("kitsune.redirection.url")) {
      return "jdbc:postgresql://other/db";
    }
    List<String> candidates =
        List.of(
            "env:OTHER",
            "7",
            "7s",
            "7h",
            "192",
            "123MB",
            "300MiB",
            "700MiB",
            "5MiB",
            "/other",
            "true",
            "false",
            "duckdb",
            "nosasl",
            "password-file",
            "as-written",
            "sasl-digest",
            "home",
            "eager",
            "off",
            "other");
    return candidates.stream()
        .filter(key.type()::accepts)
        .filter(text -> !text.equals(key.defaultText()))
        // Texts accept anything.
        .filter(text -> !key.type().accepts("any text") || text.equals("other"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no value for " + key.name()));
  }

  private static String lines(Map<String, String> values) {
    StringBuilder lines = new StringBuilder();
    values.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
    return lines.toString();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("kitsune.properties"), text);
  }
}
