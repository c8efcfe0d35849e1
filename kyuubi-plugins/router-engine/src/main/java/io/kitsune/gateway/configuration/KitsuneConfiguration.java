// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.catalog.iceberg.scan.ScanLimits;
import io.kitsune.engine.duckdb.DuckDbSettings;
import io.kitsune.engine.flink.FlinkSource;
import io.kitsune.engine.health.BreakerSettings;
import io.kitsune.engine.health.EngineLimits;
import io.kitsune.engine.trino.TrinoSource;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.authentication.Authenticator;
import io.kitsune.gateway.discovery.DiscoverySettings;
import io.kitsune.redirection.store.StoreLocation;
import io.kitsune.router.Engine;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.policy.Groups;
import io.kitsune.router.policy.Policy;
import io.kitsune.router.reading.ReadingLimits;
import io.kitsune.router.writing.TrinoCatalogNames;
import io.kitsune.secret.SecretReference;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What an operator configured, checked. Immutable, thread-safe.
 *
 * <p>The groups hold the values of single keys; the methods that end in {@code Settings} and {@link
 * #redirectionStore} make what other modules take.
 */
public final class KitsuneConfiguration {
  private static final int ORDINAL = 100;
  private static final int PRIORITY = 1_000;

  private final RawConfiguration raw;
  private final KitsuneKeys keys;

  private KitsuneConfiguration(RawConfiguration raw, KitsuneKeys keys) {
    this.raw = raw;
    this.keys = keys;
  }

  /**
   * Reads a properties file.
   *
   * @param file empty for the defaults
   * @param overrides keys that the command line decided, stronger than the file
   * @throws KitsuneException {@code CONFIG_FILE_UNREADABLE}, {@code CONFIG_KEY_UNKNOWN}, {@code
   *     CONFIG_KEY_MISSING} or {@code CONFIG_VALUE_INVALID}, naming file, line and key of
   *     everything that is wrong
   */
  public static KitsuneConfiguration load(Optional<Path> file, Map<String, String> overrides) {
    RawConfiguration raw =
        file.map(RawConfiguration::ofFile).orElseGet(RawConfiguration::empty).with(overrides);
    raw.validate();
    KitsuneConfiguration configuration = new KitsuneConfiguration(raw, bind(raw));
    configuration.validateTogether();
    return configuration;
  }

  /** {@code kitsune.home}, absolute; not made yet. */
  public Path home() {
    return keys.home();
  }

  /** {@code kitsune.cache-directory}, absolute; not made yet. */
  public Path cacheDirectory() {
    return keys.cacheDirectory();
  }

  /** {@code kitsune.engine}: the engine of sessions that choose none. */
  public EngineChoice engine() {
    return keys.engine();
  }

  /** {@code kitsune.warm-up}. */
  public boolean warmUp() {
    return keys.warmUp();
  }

  /** {@code kitsune.frontend.*}. */
  public FrontendKeys frontend() {
    return keys.frontend();
  }

  /** {@code kitsune.rest.*}. */
  public RestKeys rest() {
    return keys.rest();
  }

  /** The host of the REST API: {@code kitsune.rest.host}, or the frontend's. */
  public String restHost() {
    return rest().host().orElse(frontend().host());
  }

  /** {@code kitsune.authentication.*}. */
  public AuthenticationKeys authentication() {
    return keys.authentication();
  }

  /**
   * Who may open a session. Reads the password file or the secret, where there is one; its owner
   * closes it.
   *
   * @throws KitsuneException {@code AUTHENTICATION_REQUIRED} where other machines can reach the
   *     frontend's or the REST API's address, nobody is asked for a password, and the operator did
   *     not say that this is meant; {@code AUTHENTICATION_FILE_INVALID}
   */
  public Authenticator authenticator() {
    return clientAuthentication().authenticator();
  }

  private ClientAuthentication clientAuthentication() {
    return new ClientAuthentication(
        keys.authentication(), keys.frontend(), keys.rest(), discoverySettings(), raw);
  }

  /** {@code kitsune.session.*}. */
  public SessionKeys session() {
    return keys.session();
  }

  /** {@code kitsune.drain.timeout}. */
  public Duration drainTimeout() {
    return keys.drain().timeout();
  }

  /** {@code kitsune.operation.*}. */
  public OperationKeys operation() {
    return keys.operation();
  }

  /** {@code kitsune.statement.*}. */
  public ReadingLimits readingLimits() {
    StatementKeys statement = keys.statement();
    return new ReadingLimits(statement.maxLength(), statement.maxTokens(), statement.maxNesting());
  }

  /** {@code kitsune.cost.*}. */
  public CostModel costModel() {
    return EngineCosts.of(keys.cost());
  }

  /** {@code kitsune.cost.half-life}; empty if nothing is to be learned. */
  public Optional<Duration> learningHalfLife() {
    CostKeys cost = keys.cost();
    return cost.learn() ? Optional.of(cost.halfLife()) : Optional.empty();
  }

  /** {@code kitsune.scan.*}. */
  public ScanLimits scanLimits() {
    ScanKeys scan = keys.scan();
    return new ScanLimits(
        scan.maxFiles(), scan.keptBounds(), scan.footerTimeout(), scan.footerThreads());
  }

  /** {@code kitsune.spark.*}, but for {@link #sparkConfiguration}. */
  public SparkKeys spark() {
    return keys.spark();
  }

  /** {@code kitsune.spark.conf.*}: Spark's keys, without that beginning. */
  public Map<String, String> sparkConfiguration() {
    Map<String, String> configuration = new TreeMap<>();
    raw.texts(KeyFamily.SPARK_CONFIGURATION::has)
        .forEach(
            (key, value) ->
                configuration.put(
                    key.substring(KeyFamily.SPARK_CONFIGURATION.prefix().length()), value));
    return configuration;
  }

  /**
   * Where Spark runs already, or Kyuubi, for the mode {@code url}.
   *
   * @throws KitsuneException {@code CONFIG_KEY_MISSING} or {@code CONFIG_VALUE_INVALID}
   */
  public SparkUrl sparkUrl() {
    String url = required("kitsune.spark.url", spark().url());
    return invalidAs("kitsune.spark.url", () -> SparkUrl.parse(url));
  }

  /** {@code kitsune.discovery.timeout}: how long an answer of ZooKeeper may take. */
  public Duration zooKeeperPatience() {
    return keys.discovery().timeout();
  }

  /** {@code kitsune.trino.*}. */
  public TrinoKeys trino() {
    return keys.trino();
  }

  /**
   * Where Trino runs already, for the mode {@code url}.
   *
   * @throws KitsuneException {@code CONFIG_KEY_MISSING} or {@code CONFIG_VALUE_INVALID}
   */
  public TrinoSource.Endpoint trinoEndpoint() {
    return new TrinoEndpoint(keys.trino(), raw).endpoint();
  }

  /** {@code kitsune.trino.catalog-mapping.*}. */
  public TrinoCatalogNames trinoCatalogNames() {
    return new TrinoEndpoint(keys.trino(), raw).catalogNames();
  }

  /** {@code kitsune.flink.*}, but for {@link #flinkConfiguration}. */
  public FlinkKeys flink() {
    return keys.flink();
  }

  /** {@code kitsune.flink.conf.*}: Flink's keys, without that beginning. */
  public Map<String, String> flinkConfiguration() {
    Map<String, String> configuration = new TreeMap<>();
    raw.texts(KeyFamily.FLINK_CONFIGURATION::has)
        .forEach(
            (key, value) ->
                configuration.put(
                    key.substring(KeyFamily.FLINK_CONFIGURATION.prefix().length()), value));
    return configuration;
  }

  /**
   * Where a SQL Gateway of Flink runs already, for the mode {@code url}.
   *
   * @throws KitsuneException {@code CONFIG_KEY_MISSING} or {@code CONFIG_VALUE_INVALID}
   */
  public FlinkSource.Endpoint flinkEndpoint() {
    String url = required("kitsune.flink.url", flink().url());
    return invalidAs("kitsune.flink.url", () -> new FlinkSource.Endpoint(URI.create(url)));
  }

  /**
   * {@code kitsune.catalog.*} as it stands, with full keys, for {@code ConfiguredCatalogs.of}.
   * Empty for the embedded lake.
   */
  public Map<String, String> catalogs() {
    return raw.texts(KeyFamily.CATALOGS::has);
  }

  /** {@code kitsune.duckdb.*}. */
  public DuckDbSettings duckDbSettings() {
    DuckDbKeys duckDb = keys.duckdb();
    int processors = Runtime.getRuntime().availableProcessors();
    return invalidAs(
        "kitsune.duckdb",
        () ->
            new DuckDbSettings(
                duckDb.memoryLimit().bytes(Machine.memoryBytes()),
                duckDb.threads() == 0 ? processors : duckDb.threads(),
                duckDb.tempDirectory().orElse(home().resolve("duckdb-tmp")),
                duckDb.maxTempDirectorySize().bytes(Machine.diskBytes(home())),
                duckDb.allowedDirectories(),
                duckDb.maxRunning() == 0 ? Math.max(4, 2 * processors) : duckDb.maxRunning(),
                duckDb.maxOpen(),
                Duration.ofSeconds(10)));
  }

  /** {@code kitsune.<engine>.max-running} and what belongs to it. */
  public EngineLimits engineLimits(Engine engine) {
    return switch (engine) {
      case DUCKDB -> limits(keys.duckdb(), duckDbSettings().maxRunning());
      case SPARK -> limits(keys.spark(), keys.spark().maxRunning());
      case TRINO -> limits(keys.trino(), keys.trino().maxRunning());
      case FLINK -> limits(keys.flink(), keys.flink().maxRunning());
      case GATEWAY -> EngineLimits.DEFAULT;
    };
  }

  /** For one user, 0 is as much as for all. */
  private static EngineLimits limits(EngineLimitKeys keys, int maxRunning) {
    return new EngineLimits(
        maxRunning,
        keys.maxQueued(),
        keys.maxRunningPerUser() == 0 ? maxRunning : keys.maxRunningPerUser(),
        keys.maxQueuedPerUser() == 0 ? keys.maxQueued() : keys.maxQueuedPerUser(),
        keys.queueTimeout());
  }

  /** {@code kitsune.failover.max-attempts}. */
  public int failovers() {
    return keys.failover().maxAttempts();
  }

  /** {@code kitsune.engines.memory}, in bytes. */
  public long engineMemory() {
    return keys.engines().memory().bytes(Machine.memoryBytes());
  }

  /** {@code kitsune.engines.max-failures} and the pauses. */
  public BreakerSettings breaker() {
    EnginesKeys engines = keys.engines();
    return invalidAs(
        "kitsune.engines.longest-pause",
        () ->
            new BreakerSettings(
                engines.maxFailures(), engines.firstPause(), engines.longestPause()));
  }

  /** Where {@code kitsune.redirection.*} keeps the redirections. */
  public StoreLocation redirectionStore() {
    RedirectionKeys redirection = keys.redirection();
    if (redirection.url().isEmpty()) {
      return invalidAs(
          "kitsune.home", () -> new StoreLocation.EmbeddedFile(home().resolve("state")));
    }
    SecretReference user = required("kitsune.redirection.user", redirection.user());
    SecretReference password = required("kitsune.redirection.password", redirection.password());
    return invalidAs(
        "kitsune.redirection.url",
        () -> new StoreLocation.PostgreSql(redirection.url().get(), user, password));
  }

  /** {@code kitsune.policy.*}. */
  PolicyKeys policyKeys() {
    return keys.policy();
  }

  /** {@code kitsune.groups.*}: the groups and their members. */
  public Groups groups() {
    Map<String, List<String>> members = new TreeMap<>();
    raw.texts(KeyFamily.GROUPS::has)
        .forEach(
            (key, value) ->
                members.put(
                    key.substring(KeyFamily.GROUPS.prefix().length()),
                    Stream.of(value.split(",", -1))
                        .map(String::strip)
                        .filter(user -> !user.isEmpty())
                        .toList()));
    return Groups.of(members);
  }

  /**
   * The operator's rules, read now.
   *
   * @param other a file in the place of the one that is configured
   * @return empty if neither is named
   * @throws KitsuneException {@code POLICY_INVALID} or {@code CONFIG_FILE_UNREADABLE}
   */
  public Optional<Policy> policy(Optional<Path> other) {
    return other
        .or(() -> keys.policy().file())
        .map(file -> Policy.read(file, groups(), ZoneId.systemDefault()));
  }

  /** {@code kitsune.history.*}. */
  public HistoryKeys history() {
    return keys.history();
  }

  /** {@code kitsune.metrics.*}. */
  public MetricsKeys metrics() {
    return keys.metrics();
  }

  /** {@code kitsune.discovery.*}; empty without a quorum. */
  public Optional<DiscoverySettings> discoverySettings() {
    return discoveryPlace().settings();
  }

  private DiscoveryPlace discoveryPlace() {
    return new DiscoveryPlace(keys.discovery(), keys.frontend(), raw);
  }

  /** What this gateway is called where others show it: {@code kitsune.discovery.instance}. */
  public String instance() {
    return discoveryPlace().instance();
  }

  /** The port to register: {@code kitsune.discovery.advertised-port}, or where it listens. */
  public int advertisedPort(int listening) {
    return discoveryPlace().port(listening);
  }

  /** The host to register: {@code kitsune.discovery.advertised-host}, or where it listens. */
  public String advertisedHost() {
    return discoveryPlace().host();
  }

  /**
   * How an error should name a key that another module reads: with file and line, where the key is
   * set.
   */
  public String place(String key) {
    return raw.place(key);
  }

  /**
   * Checks a key that a user sets in a session. Keys that begin with neither {@code kitsune.} nor
   * {@code kyuubi.} are not this one's to judge.
   *
   * @throws KitsuneException {@code SETTING_UNKNOWN}, {@code SETTING_NOT_PER_SESSION} or {@code
   *     SETTING_INVALID} (22023); {@code FEATURE_NOT_SUPPORTED} (0A000) for what Kyuubi's own
   *     engines do and this gateway does not
   */
  public static void checkSessionSetting(String key, String value) {
    SessionSettingCheck.check(key, value);
  }

  /** What only shows when the modules' settings are made. */
  private void validateTogether() {
    duckDbSettings();
    breaker();
    redirectionStore();
    clientAuthentication().validate();
    if (spark().mode() == SparkKeys.Mode.HOME) {
      required("kitsune.spark.home", spark().home());
    }
    if (spark().mode() == SparkKeys.Mode.URL) {
      sparkUrl();
    }
    if (trino().mode() == TrinoKeys.Mode.URL) {
      trinoEndpoint();
    }
    if (flink().mode() == FlinkKeys.Mode.URL) {
      flinkEndpoint();
    }
  }

  private static KitsuneKeys bind(RawConfiguration raw) {
    Map<String, String> declared = raw.texts(key -> DeclaredKeys.find(key).isPresent());
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(declared, "kitsune", ORDINAL))
            .withConverter(Path.class, PRIORITY, KeyType::path)
            .withConverter(Duration.class, PRIORITY, DurationText::parse)
            .withConverter(MemorySize.class, PRIORITY, MemorySize::parse)
            .withMapping(KitsuneKeys.class)
            .build();
    return config.getConfigMapping(KitsuneKeys.class);
  }

  private <T> T required(String key, Optional<T> value) {
    return value.orElseThrow(
        () -> new KitsuneException("CONFIG_KEY_MISSING", "F0000", key + " must be set"));
  }

  private <T> T invalidAs(String key, Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw new KitsuneException(
          "CONFIG_VALUE_INVALID", "F0000", raw.place(key) + ": " + e.getMessage(), e);
    }
  }
}
