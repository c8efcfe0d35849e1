// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The queries in the jar of Spark's own tests. */
final class SparkTestQueries {
  private SparkTestQueries() {}

  /** A statement of the golden tests and what Spark answered, as text. */
  record Golden(String file, String sql, String output) {
    /** Whether Spark refused to read it. */
    boolean refusedByParser() {
      return output.contains("catalyst.parser.ParseException");
    }

    Grammar grammar() {
      return file.contains("double-quoted-identifiers-enabled")
          ? new Grammar(false, true, false, false, false)
          : Grammar.DEFAULT;
    }
  }

  /** The texts of TPC-H and TPC-DS, by resource name. */
  static Map<String, String> tpc() {
    Map<String, String> queries = new TreeMap<>();
    resources("tpch/", queries);
    resources("tpcds/", queries);
    resources("tpcds-v2.7.0/", queries);
    resources("tpcds-modifiedQueries/", queries);
    return queries;
  }

  /** Every statement of the golden tests, but for those that need variables filled in. */
  static List<Golden> golden() {
    Map<String, String> files = new TreeMap<>();
    resources("sql-tests/results/", files);
    List<Golden> statements = new ArrayList<>();
    files.forEach(
        (file, text) -> {
          List<String> sections = Arrays.asList(text.split("(?m)^-- !query.*\\n", -1));
          for (int i = 1; i + 2 < sections.size(); i += 3) {
            String sql = sections.get(i).replaceAll("\\n$", "");
            if (!sql.contains("${")) {
              statements.add(new Golden(file, sql, sections.get(i + 2)));
            }
          }
        });
    return statements;
  }

  private static void resources(String folder, Map<String, String> into) {
    try (JarFile jar = new JarFile(jar().toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.startsWith(folder) && (name.endsWith(".sql") || name.endsWith(".sql.out"))) {
          byte[] bytes = jar.getInputStream(entry).readAllBytes();
          into.put(name, new String(bytes, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar() {
    String url = SparkTestQueries.class.getClassLoader().getResource("tpch/q1.sql").toString();
    try {
      return Path.of(new java.net.URI(url.substring("jar:".length(), url.indexOf("!/"))));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(url, e);
    }
  }
}
