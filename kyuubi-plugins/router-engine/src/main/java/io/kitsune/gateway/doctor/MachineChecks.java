// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.doctor;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.authentication.Authenticator;
import io.kitsune.gateway.configuration.FrontendKeys;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.configuration.MetricsKeys;
import io.kitsune.gateway.configuration.RestKeys;
import io.kitsune.gateway.discovery.ServiceRegistration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a gateway needs of the machine: Java, folders, space, its port, ZooKeeper. */
public final class MachineChecks {
  private static final int LEAST_JAVA = 17;
  private static final long GIGABYTE = 1_000_000_000;

  /** Under it engines cannot be fetched, and large sorts and joins fail. */
  private static final long LITTLE_SPACE = 5 * GIGABYTE;

  /** Under it anything may fail. */
  private static final long NO_SPACE = GIGABYTE / 2;

  private final KitsuneConfiguration configuration;

  /** Checks against that configuration. */
  public MachineChecks(KitsuneConfiguration configuration) {
    this.configuration = configuration;
  }

  /** Every finding, in the order in which they are best mended. */
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java(Runtime.version()));
    findings.addAll(folders());
    findings.addAll(ports());
    findings.add(authentication());
    zooKeeper().ifPresent(findings::add);
    return findings;
  }

  static Finding java(Runtime.Version version) {
    String fact = "%s in %s".formatted(version, System.getProperty("java.home"));
    return version.feature() >= LEAST_JAVA
        ? Finding.good("java", fact)
        : Finding.bad(
            "java",
            fact,
            "Install a JDK %d or newer and set JAVA_HOME or KITSUNE_JAVA_HOME."
                .formatted(LEAST_JAVA));
  }

  private List<Finding> folders() {
    Map<String, Path> folders = new LinkedHashMap<>();
    folders.put("kitsune.home", configuration.home());
    folders.put("kitsune.cache-directory", configuration.cacheDirectory());
    folders.put(
        "kitsune.duckdb.temp-directory", configuration.duckDbSettings().temporaryDirectory());
    List<Finding> findings = new ArrayList<>();
    folders.forEach((key, folder) -> findings.add(folder(key, folder)));
    return findings;
  }

  private static Finding folder(String key, Path folder) {
    Path existing = folder;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return Finding.bad(
          key,
          "%s cannot be %s"
              .formatted(folder, existing.equals(folder) ? "written" : "made in " + existing),
          "Give %s the right to write there, or set %s to another folder."
              .formatted(System.getProperty("user.name"), key));
    }
    try {
      FileStore disk = Files.getFileStore(existing);
      String fact =
          "%s, %s free of %s"
              .formatted(folder, size(disk.getUsableSpace()), size(disk.getTotalSpace()));
      if (disk.getUsableSpace() < NO_SPACE) {
        return Finding.bad(
            key, fact, "Free some space, or set %s to a larger disk.".formatted(key));
      } else if (disk.getUsableSpace() < LITTLE_SPACE) {
        return Finding.note(
            key,
            fact,
            "Spark takes 0.5 GB, Trino and Flink 1.5 GB to be fetched, and large sorts spill: free some, or set %s to a larger disk."
                .formatted(key));
      } else if (key.equals("kitsune.home") && othersMayLook(folder)) {
        return Finding.note(
            key,
            fact + ", and other users may look into it",
            "State, logs and data are in it: chmod 700 %s, unless that is meant."
                .formatted(folder));
      }
      return Finding.good(key, fact);
    } catch (IOException e) {
      return Finding.bad(key, "%s: %s".formatted(folder, e), "Check the disk.");
    }
  }

  private static boolean othersMayLook(Path folder) throws IOException {
    if (!Files.exists(folder)
        || Files.getFileAttributeView(folder, PosixFileAttributeView.class) == null) {
      return false;
    }
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
    return rights.contains(PosixFilePermission.OTHERS_READ)
        || rights.contains(PosixFilePermission.OTHERS_EXECUTE);
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / (double) GIGABYTE);
  }

  private List<Finding> ports() {
    List<Finding> findings = new ArrayList<>();
    FrontendKeys frontend = configuration.frontend();
    findings.add(port("port", frontend.host(), frontend.port(), "kitsune.frontend.port"));
    RestKeys rest = configuration.rest();
    if (rest.enabled()) {
      findings.add(port("REST port", configuration.restHost(), rest.port(), "kitsune.rest.port"));
    }
    MetricsKeys metrics = configuration.metrics();
    if (metrics.enabled()) {
      findings.add(port("metrics port", metrics.host(), metrics.port(), "kitsune.metrics.port"));
    }
    return findings;
  }

  private static Finding port(String subject, String host, int port, String key) {
    String address = host + ":" + port;
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return Finding.good(subject, address + " is free");
    } catch (IOException | IllegalArgumentException e) {
      return Finding.note(
          subject,
          "%s cannot be had now: %s".formatted(address, e.getMessage()),
          "If no gateway of yours runs, find who listens there (ss -ltnp), or set %s."
              .formatted(key));
    }
  }

  private Finding authentication() {
    try (Authenticator authenticator = configuration.authenticator()) {
      return Finding.good(
          "authentication",
          "%s on %s (%s)"
              .formatted(
                  configuration
                      .authentication()
                      .type()
                      .name()
                      .toLowerCase(Locale.ROOT)
                      .replace('_', '-'),
                  configuration.frontend().host(),
                  authenticator.getClass().getSimpleName()));
    } catch (KitsuneException e) {
      return Finding.bad("authentication", e);
    }
  }

  private Optional<Finding> zooKeeper() {
    return configuration
        .discoverySettings()
        .map(
            discovery -> {
              try {
                ServiceRegistration.probe(discovery);
                return Finding.good("zookeeper", discovery.quorum() + " answers");
              } catch (KitsuneException e) {
                return Finding.bad("zookeeper", e);
              }
            });
  }
}
