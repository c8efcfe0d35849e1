// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpStatus;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The API's description, as OpenAPI has it. */
final class DescriptionRoutes {
  private static final String RESOURCE = "openapi.yaml";

  private final String yaml;
  private final Map<String, Object> description;
  private final String json;

  DescriptionRoutes() {
    this.yaml = read();
    this.description = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    this.json = Json.write(description);
  }

  /**
   * Holds the description against what is served: it is kept by hand, and must neither name what is
   * absent nor leave out what there is.
   *
   * @throws IllegalStateException naming what stands in one of them only
   */
  void requireSame(List<Route> routes) {
    Set<String> differing = new TreeSet<>();
    routes.forEach(route -> differing.add(route.method() + " " + route.path()));
    described()
        .forEach(
            each -> {
              if (!differing.remove(each)) {
                differing.add(each);
              }
            });
    if (!differing.isEmpty()) {
      throw new IllegalStateException(
          "%s and the routes differ in: %s".formatted(RESOURCE, String.join(", ", differing)));
    }
  }

  private Set<String> described() {
    Set<String> described = new TreeSet<>();
    ((Map<?, ?>) description.get("paths"))
        .forEach(
            (path, operations) ->
                ((Map<?, ?>) operations)
                    .keySet()
                    .forEach(
                        field -> {
                          if (!field.equals("parameters")) {
                            described.add(field.toString().toUpperCase(Locale.ROOT) + " " + path);
                          }
                        }));
    return described;
  }

  private static String read() {
    try (InputStream in = DescriptionRoutes.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " cannot be read", e);
    }
  }

  List<Route> routes() {
    return List.of(
        Route.open("/openapi.json", context -> answer(context, Json.CONTENT_TYPE, json)),
        Route.open("/openapi.yaml", context -> answer(context, "application/yaml", yaml)));
  }

  private static void answer(Context context, String type, String text) {
    Query.of(context.queryString(), Set.of());
    context.status(HttpStatus.OK_200);
    context.contentType(type);
    context.result(text.getBytes(StandardCharsets.UTF_8));
  }
}
