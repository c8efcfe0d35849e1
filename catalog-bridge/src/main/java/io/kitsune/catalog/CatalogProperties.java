// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import io.kitsune.secret.SecretReference;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The properties of one catalog, {@code kitsune.catalog.<name>.<key>} without the prefix. A value
 * that cannot be read is a {@link KitsuneException} {@code CONFIG_VALUE_INVALID} that names the
 * full key; a key that nobody asked for is {@code CONFIG_KEY_UNKNOWN}. Credentials stand elsewhere:
 * {@link #secret} takes {@code env:NAME} or {@code file:/path} only. Used by one thread.
 */
public final class CatalogProperties {
  private final String prefix;
  private final Map<String, String> values;
  private final UnaryOperator<String> place;
  private final Set<String> asked = new HashSet<>();

  /**
   * The properties behind a prefix.
   *
   * @param prefix what stands before each key, with its last dot; named in errors
   */
  public CatalogProperties(String prefix, Map<String, String> values) {
    this(prefix, values, UnaryOperator.identity());
  }

  /**
   * As the other constructor.
   *
   * @param place how an error names a full key: with its file and line, where those are known
   */
  CatalogProperties(String prefix, Map<String, String> values, UnaryOperator<String> place) {
    this.prefix = requireNonNull(prefix, "prefix");
    this.values = new TreeMap<>(values);
    this.place = requireNonNull(place, "place");
  }

  /** The text of a key, or empty where it is not set. */
  public Optional<String> text(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** The text of a key that must be set. */
  public String requiredText(String key) {
    return text(key)
        .orElseThrow(
            () -> new KitsuneException("CONFIG_KEY_MISSING", "F0000", named(key) + " must be set"));
  }

  /** A whole number from {@code least} to {@code most}. */
  public int number(String key, int fallback, int least, int most) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return fallback;
    }
    String wanted = "a whole number from %d to %d".formatted(least, most);
    try {
      int number = Integer.parseInt(text.get());
      if (number < least || number > most) {
        throw invalid(key, wanted, null);
      }
      return number;
    } catch (NumberFormatException e) {
      throw invalid(key, wanted, e);
    }
  }

  /** A length of time: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}, or ISO 8601. */
  public Duration duration(String key, Duration fallback) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      Duration duration = readDuration(text.get());
      if (duration.isNegative()) {
        throw invalid(key, "a length of time of at least 0", null);
      }
      return duration;
    } catch (DateTimeParseException | ArithmeticException e) {
      throw invalid(key, "a length of time such as 250ms, 30s, 5m or PT1H", e);
    }
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean fallback) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return fallback;
    }
    return switch (text.get()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(key, "true or false", null);
    };
  }

  /** Where a credential stands, {@code env:NAME} or {@code file:/path}; never its text. */
  public Optional<SecretReference> secret(String key) {
    return text(key)
        .map(
            reference -> {
              try {
                return SecretReference.parse(reference);
              } catch (IllegalArgumentException e) {
                // The value may be the credential itself, so it is not repeated.
                throw new KitsuneException(
                    "CONFIG_VALUE_INVALID", "F0000", named(key) + ' ' + e.getMessage());
              }
            });
  }

  /** Every property whose key begins so, without that beginning; all of them count as asked for. */
  public Map<String, String> startingWith(String beginning) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(beginning)) {
            asked.add(key);
            found.put(key.substring(beginning.length()), value);
          }
        });
    return found;
  }

  /** The error for a value that is not what it should be; {@code cause} may be null. */
  public KitsuneException invalid(String key, String wanted, Throwable cause) {
    return new KitsuneException(
        "CONFIG_VALUE_INVALID",
        "F0000",
        "%s is '%s'; it must be %s".formatted(named(key), values.get(key), wanted),
        cause);
  }

  /** The whole key, as an operator writes it. */
  public String fullKey(String key) {
    return prefix + key;
  }

  /** Refuses keys that nobody asked for. */
  void refuseLeftOvers() {
    Set<String> leftOvers = new TreeSet<>(values.keySet());
    leftOvers.removeAll(asked);
    if (!leftOvers.isEmpty()) {
      throw new KitsuneException(
          "CONFIG_KEY_UNKNOWN",
          "F0000",
          "%s is no such key; this type of catalog has %s"
              .formatted(named(leftOvers.iterator().next()), new TreeSet<>(asked)));
    }
  }

  private String named(String key) {
    return place.apply(prefix + key);
  }

  private static Duration readDuration(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits > 15) {
      return Duration.parse(text);
    }
    long amount = Long.parseLong(text.substring(0, digits));
    return switch (text.substring(digits).strip()) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> throw new DateTimeParseException("no such unit", text, digits);
    };
  }
}
