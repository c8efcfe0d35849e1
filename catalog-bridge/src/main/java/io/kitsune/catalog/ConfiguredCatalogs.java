// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import io.kitsune.error.KitsuneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The catalogs that {@code kitsune.catalog.<name>.type} and the properties beside it describe.
 * Thread-safe: the set of catalogs never changes.
 */
public final class ConfiguredCatalogs implements Catalogs {
  /** What every catalog's keys begin with. */
  public static final String PREFIX = "kitsune.catalog.";

  private static final String TYPE = "type";

  private final Map<String, Catalog> catalogs;
  private final List<String> names;

  private ConfiguredCatalogs(Map<String, Catalog> catalogs) {
    this.catalogs = catalogs;
    List<String> sorted = new ArrayList<>(catalogs.keySet());
    if (sorted.remove(SESSION_CATALOG)) {
      sorted.add(0, SESSION_CATALOG);
    }
    this.names = List.copyOf(sorted);
  }

  /**
   * Reads the configuration and makes every catalog; no server is reached.
   *
   * @param configuration any keys; those that do not begin with {@link #PREFIX} are not looked at
   * @param factories one for each type
   * @throws KitsuneException with a code that begins with {@code CONFIG_} and a message that names
   *     the key, if a key, type or value is wrong; catalogs made before it are closed
   */
  public static ConfiguredCatalogs of(
      Map<String, String> configuration, List<CatalogFactory> factories) {
    return of(configuration, factories, UnaryOperator.identity());
  }

  /**
   * As the other method.
   *
   * @param place how an error names a full key: with its file and line, where those are known
   */
  public static ConfiguredCatalogs of(
      Map<String, String> configuration,
      List<CatalogFactory> factories,
      UnaryOperator<String> place) {
    Map<String, CatalogFactory> types =
        factories.stream()
            .collect(
                Collectors.toMap(
                    CatalogFactory::type,
                    Function.identity(),
                    (first, second) -> {
                      throw new IllegalArgumentException("two factories: " + first.type());
                    },
                    TreeMap::new));
    Map<String, Catalog> catalogs = new TreeMap<>();
    try {
      propertiesByCatalog(configuration, place)
          .forEach(
              (name, values) -> {
                String prefix = PREFIX + name + ".";
                CatalogProperties properties = new CatalogProperties(prefix, values, place);
                catalogs.put(name, create(name, properties, types));
              });
      return new ConfiguredCatalogs(catalogs);
    } catch (RuntimeException e) {
      new ConfiguredCatalogs(catalogs).close();
      throw e;
    }
  }

  private static Map<String, Map<String, String>> propertiesByCatalog(
      Map<String, String> configuration, UnaryOperator<String> place) {
    Map<String, Map<String, String>> byCatalog = new TreeMap<>();
    configuration.forEach(
        (key, value) -> {
          if (!key.startsWith(PREFIX)) {
            return;
          }
          int dot = key.indexOf('.', PREFIX.length());
          if (dot <= PREFIX.length() || dot == key.length() - 1) {
            throw new KitsuneException(
                "CONFIG_KEY_UNKNOWN",
                "F0000",
                "%s is no such key; a catalog's keys are %s<name>.<property>"
                    .formatted(place.apply(key), PREFIX));
          }
          byCatalog
              .computeIfAbsent(key.substring(PREFIX.length(), dot), name -> new TreeMap<>())
              .put(key.substring(dot + 1), value);
        });
    return byCatalog;
  }

  private static Catalog create(
      String name, CatalogProperties properties, Map<String, CatalogFactory> types) {
    CatalogFactory factory = types.get(properties.requiredText(TYPE));
    if (factory == null) {
      throw properties.invalid(TYPE, "one of " + new TreeSet<>(types.keySet()), null);
    }
    Catalog catalog = factory.create(name, properties);
    try {
      properties.refuseLeftOvers();
    } catch (KitsuneException e) {
      catalog.close();
      throw e;
    }
    return catalog;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public Optional<Catalog> find(String name) {
    return Optional.ofNullable(catalogs.get(name));
  }

  /** Closes every catalog, even if closing one fails; the first failure is thrown at the end. */
  @Override
  public void close() {
    RuntimeException failure = null;
    for (Catalog catalog : catalogs.values()) {
      try {
        catalog.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
