// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.error.KitsuneException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Keys and values as they stand, each with its place; keys without a value are as if absent.
 *
 * @param values by key
 */
record RawConfiguration(Map<String, ConfigValue> values) {
  private static final int FILE_ORDINAL = 100;
  private static final String COMMAND_LINE = "command line";

  /** The values of a properties file in UTF-8. */
  static RawConfiguration ofFile(Path file) {
    // The reader would take a folder's listing for properties.
    if (!Files.isRegularFile(file)) {
      throw unreadable(file, "there is no such file", null);
    }
    try {
      return new RawConfiguration(
          PropertiesConfigSource.urlToConfigValueMap(
              file.toUri().toURL(), file.toString(), FILE_ORDINAL));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e.getMessage(), e);
    }
  }

  static RawConfiguration empty() {
    return new RawConfiguration(Map.of());
  }

  /** These values, but for those that are overridden. */
  RawConfiguration with(Map<String, String> overrides) {
    Map<String, ConfigValue> all = new TreeMap<>(values);
    overrides.forEach(
        (key, value) ->
            all.put(
                key,
                ConfigValue.builder()
                    .withName(key)
                    .withValue(value)
                    .withConfigSourceName(COMMAND_LINE)
                    .build()));
    all.values().removeIf(value -> value.getValue() == null || value.getValue().isBlank());
    return new RawConfiguration(all);
  }

  /** Refuses keys that nobody declared, and values that their keys cannot have. */
  void validate() {
    ConfigurationProblems problems = new ConfigurationProblems();
    values.forEach(
        (key, value) -> {
          if (KeyFamily.ALL.stream().noneMatch(family -> family.has(key))) {
            DeclaredKeys.find(key)
                .ifPresentOrElse(
                    declared -> validate(declared, value, problems),
                    () -> problems.add("CONFIG_KEY_UNKNOWN", value, unknown(key)));
          }
        });
    problems.refuse();
  }

  /** Where the value of a key stands, for an error that only shows later. */
  String place(String key) {
    ConfigValue value = values.get(key);
    return value == null ? key : ConfigurationProblems.place(value) + ": " + key;
  }

  /** The plain texts of some keys. */
  Map<String, String> texts(Predicate<String> keys) {
    return values.entrySet().stream()
        .filter(entry -> keys.test(entry.getKey()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue().getValue().strip(),
                (a, b) -> b,
                TreeMap::new));
  }

  private static void validate(
      DeclaredKey declared, ConfigValue value, ConfigurationProblems problems) {
    if (declared.type().accepts(value.getValue().strip())) {
      return;
    }
    String found = declared.type().secret() ? "" : " is '" + value.getValue() + "'; it";
    problems.add(
        "CONFIG_VALUE_INVALID",
        value,
        "%s%s must be %s".formatted(declared.name(), found, declared.type().wanted()));
  }

  private static String unknown(String key) {
    String known =
        DeclaredKeys.groups().stream()
            .filter(group -> key.startsWith(group.name() + "."))
            .reduce((first, second) -> second)
            .map(
                group ->
                    "%s has %s"
                        .formatted(
                            group.name(),
                            group.keys().stream()
                                .map(k -> k.name().substring(group.name().length() + 1))
                                .collect(Collectors.joining(", "))))
            .orElse("every key begins with kitsune.");
    return "no such key: %s; %s".formatted(key, known);
  }

  private static KitsuneException unreadable(Path file, String why, Throwable cause) {
    return new KitsuneException(
        "CONFIG_FILE_UNREADABLE",
        "F0000",
        "the configuration file %s cannot be read: %s".formatted(file, why),
        cause);
  }
}
