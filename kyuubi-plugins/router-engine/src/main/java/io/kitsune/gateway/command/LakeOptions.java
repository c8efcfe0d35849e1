// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.gateway.configuration.KitsuneConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where a lake of one's own lies and what configures it. */
final class LakeOptions {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "The folder of the lake: warehouse, metastore, logs (default: kitsune.home of the configuration, or ~/.kitsune).")
  Path home;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "The configuration file (default: conf/kitsune.properties of the installation).")
  Path configuration;

  /** The configuration, as the file and the options say. */
  KitsuneConfiguration load() {
    return load(Map.of());
  }

  /** The configuration with some keys decided by the command. */
  KitsuneConfiguration load(Map<String, String> decided) {
    Map<String, String> overrides = new TreeMap<>(decided);
    if (home != null) {
      overrides.put("kitsune.home", home.toAbsolutePath().normalize().toString());
    }
    return KitsuneConfiguration.load(file(), overrides);
  }

  /** Where the configuration comes from, in words. */
  String source() {
    return file().map(Path::toString).orElse("the defaults, no file");
  }

  /** The file that was named; else the installation's, if it has one. */
  private Optional<Path> file() {
    if (configuration != null) {
      return Optional.of(configuration);
    }
    String installation = System.getProperty("kitsune.installation");
    return Optional.ofNullable(installation)
        .map(folder -> Path.of(folder, "conf", "kitsune.properties"))
        .filter(Files::exists);
  }
}
