// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.ConfiguredCatalogs;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.engine.kyuubi.KyuubiLauncher;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.doctor.Finding;
import io.kitsune.redirection.store.RedirectionStore;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Whether the parts of a gateway work, each tried by itself: the store of redirections, every
 * catalog, every engine. No server is started for it, no program is fetched.
 */
public final class PartChecks {
  private final KitsuneConfiguration settings;

  /**
   * Checks of the parts that are configured.
   *
   * @param settings with engines that are not started before they are needed
   */
  public PartChecks(KitsuneConfiguration settings) {
    this.settings = settings;
  }

  /** Every finding; each waits for a server for as long as its own time-outs say. */
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    findings.add(redirections());
    try (Closing closing = new Closing();
        Artifacts artifacts = new Artifacts(settings.cacheDirectory())) {
      Lake lake = Lake.open(settings, artifacts, ProgressListener.NONE, closing);
      for (String name : lake.catalogs().names()) {
        findings.add(catalog(lake, name));
      }
      EngineFleet engines =
          Engines.open(
              settings,
              lake,
              artifacts,
              TrinoParts.of(settings, lake, artifacts),
              FlinkParts.of(settings, lake, artifacts),
              closing);
      engines.statuses().forEach(status -> findings.add(engine(engines, status)));
    } catch (KitsuneException e) {
      findings.add(Finding.bad("parts", e));
    }
    return findings;
  }

  private Finding redirections() {
    return attempt(
        "redirections",
        () -> {
          try (RedirectionStore store = RedirectionStore.open(settings.redirectionStore())) {
            return Finding.good("redirections", store.list().size() + " in the store");
          }
        });
  }

  private static Finding catalog(Lake lake, String name) {
    String subject = "catalog " + name;
    String type = lake.configuration().get(ConfiguredCatalogs.PREFIX + name + ".type");
    if (EmbeddedCatalogFactory.TYPE.equals(type)) {
      return Finding.good(
          subject, "a Metastore of Kitsune's own, started when a statement needs it");
    }
    return attempt(
        subject,
        () -> {
          Catalog catalog = lake.catalogs().find(name).orElseThrow();
          return Finding.good(
              subject, "%s, %d namespaces".formatted(type, catalog.namespaces().size()));
        });
  }

  private static Finding attempt(String subject, Supplier<Finding> check) {
    try {
      return check.get();
    } catch (KitsuneException e) {
      return Finding.bad(subject, e);
    }
  }

  private static Finding engine(EngineFleet engines, EngineStatus status) {
    String subject = "engine " + status.engine().id();
    if (engines.launcher(status.engine()) instanceof KyuubiLauncher kyuubi) {
      return attempt(
          subject,
          () -> Finding.good(subject, "from Kyuubi: " + String.join("; ", kyuubi.tryLogins())));
    }
    String state = status.state().name().toLowerCase(Locale.ROOT);
    String fact = status.reason().isEmpty() ? state : state + ": " + status.reason();
    if (status.state() != State.UNAVAILABLE && status.state() != State.FAILED) {
      return Finding.good(subject, fact);
    }
    // Spark is where everything can run; without another engine its statements go to Spark.
    return status.engine() == Engine.SPARK
        ? Finding.bad(subject, fact, "Most statements need Spark: see kitsune.spark.*.")
        : Finding.note(
            subject,
            fact,
            "Statements run on the other engines; see kitsune.%s.*."
                .formatted(status.engine().id()));
  }
}
