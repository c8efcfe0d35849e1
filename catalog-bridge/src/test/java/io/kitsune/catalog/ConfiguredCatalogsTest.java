// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import io.kitsune.secret.SecretReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredCatalogsTest {
  private final List<String> closed = new ArrayList<>();
  private final RecordingFactory factory = new RecordingFactory();

  @Test
  void theSessionCatalogComesFirst() {
    Catalogs catalogs =
        configure(
            Map.of(
                "kitsune.catalog.zoo.type", "fake",
                "kitsune.catalog.spark_catalog.type", "fake",
                "kitsune.catalog.ark.type", "fake",
                "kitsune.engine", "not a catalog's key"));

    assertThat(catalogs.names()).containsExactly("spark_catalog", "ark", "zoo");
    assertThat(catalogs.find("ark")).get().extracting(Catalog::name).isEqualTo("ark");
    assertThat(catalogs.find("ARK")).isEmpty();
    assertThat(catalogs.load(TableName.of("nowhere", "a", "b"), new Version.Current())).isEmpty();
    catalogs.close();
    assertThat(closed).containsExactly("ark", "spark_catalog", "zoo");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kitsune.catalog.a.uri     | x    | CONFIG_KEY_MISSING   | kitsune.catalog.a.type must be set
          kitsune.catalog.a.type    | tape | CONFIG_VALUE_INVALID | kitsune.catalog.a.type is 'tape'; it must be one of [fake]
          kitsune.catalog.type      | fake | CONFIG_KEY_UNKNOWN   | kitsune.catalog.type is no such key
          kitsune.catalog.b.size    | 1e3  | CONFIG_VALUE_INVALID | kitsune.catalog.b.size is '1e3'; it must be a whole number from 1 to 99
          kitsune.catalog.b.size    | 100  | CONFIG_VALUE_INVALID | kitsune.catalog.b.size is '100'; it must be a whole number from 1 to 99
          kitsune.catalog.b.timeout | soon | CONFIG_VALUE_INVALID | kitsune.catalog.b.timeout is 'soon'
          kitsune.catalog.b.timeout | -PT1S | CONFIG_VALUE_INVALID | at least 0
          kitsune.catalog.b.deep    | yes  | CONFIG_VALUE_INVALID | kitsune.catalog.b.deep is 'yes'; it must be true or false
          kitsune.catalog.b.colour  | red  | CONFIG_KEY_UNKNOWN   | kitsune.catalog.b.colour is no such key
          """)
  void refusesWhatItDoesNotKnowAndNamesTheKey(
      String key, String value, String code, String message) {
    assertThatThrownBy(
            () ->
                configure(
                    Map.of(
                        "kitsune.catalog.aa.type",
                        "fake",
                        "kitsune.catalog.b.type",
                        "fake",
                        key,
                        value)))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining(message)
        .extracting("code")
        .isEqualTo(code);
    assertThat(closed).as("no catalog is left open").containsAll(factory.made);
  }

  @Test
  void aCredentialIsAReference() {
    configure(
        Map.of("kitsune.catalog.a.type", "fake", "kitsune.catalog.a.password", "env:KITSUNE_TEST"));

    assertThat(factory.passwords)
        .containsExactly(new SecretReference.EnvironmentVariable("KITSUNE_TEST"));
  }

  @Test
  void aCredentialInTheOpenIsRefusedAndNotRepeated() {
    Map<String, String> configuration =
        Map.of("kitsune.catalog.a.type", "fake", "kitsune.catalog.a.password", "hunter2");

    assertThatThrownBy(() -> configure(configuration))
        .hasMessageContaining("kitsune.catalog.a.password must be a reference")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void readsValues() {
    configure(
        Map.of(
            "kitsune.catalog.a.type", "fake",
            "kitsune.catalog.a.size", " 7 ",
            "kitsune.catalog.a.timeout", "250ms",
            "kitsune.catalog.a.deep", "true",
            "kitsune.catalog.b.type", "fake"));

    assertThat(factory.values).containsExactly("7 PT0.25S true", "3 PT1M false");
  }

  private Catalogs configure(Map<String, String> configuration) {
    return ConfiguredCatalogs.of(configuration, List.of(factory));
  }

  private final class RecordingFactory implements CatalogFactory {
    private final List<String> made = new ArrayList<>();
    private final List<SecretReference> passwords = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    @Override
    public String type() {
      return "fake";
    }

    @Override
    public Catalog create(String name, CatalogProperties properties) {
      properties.secret("password").ifPresent(passwords::add);
      values.add(
          "%s %s %s"
              .formatted(
                  properties.number("size", 3, 1, 99),
                  properties.duration("timeout", Duration.ofMinutes(1)),
                  properties.flag("deep", false)));
      made.add(name);
      return new EmptyCatalog(name);
    }
  }

  private final class EmptyCatalog implements Catalog {
    private final String name;

    EmptyCatalog(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<List<String>> namespaces() {
      return List.of();
    }

    @Override
    public Optional<Map<String, String>> namespaceProperties(List<String> namespace) {
      return Optional.empty();
    }

    @Override
    public List<Entry> list(List<String> namespace) {
      return List.of();
    }

    @Override
    public Optional<Table> load(List<String> namespace, String table, Version version) {
      return Optional.empty();
    }

    @Override
    public void invalidate(List<String> namespace, String table) {}

    @Override
    public void close() {
      closed.add(name);
    }
  }
}
