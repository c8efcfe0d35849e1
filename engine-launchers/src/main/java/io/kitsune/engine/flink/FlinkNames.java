// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.router.FlinkTables;
import io.kitsune.router.Statement.TableReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The names that only Flink has, told without a running Flink. Thread-safe. */
public final class FlinkNames {
  private static final String DEFAULT_DATABASE = "default";

  private FlinkNames() {}

  /** Of a cluster elsewhere: names of three parts that begin with one of its catalogs. */
  public static FlinkTables ofCatalogs(Set<String> catalogs) {
    Set<String> known = Set.copyOf(catalogs);
    return parts -> parts.size() == 3 && known.contains(parts.get(0));
  }

  /**
   * Of a Flink started here: the tables that it keeps in its folder, and those of the catalogs that
   * were made in it.
   *
   * @param folder {@link FlinkSettings#folder}
   * @param shared catalogs that other engines have too
   */
  public static FlinkTables ofFolder(Path folder, Set<String> shared) {
    FlinkFolder files = new FlinkFolder(folder);
    Set<String> others = Set.copyOf(shared);
    return parts -> has(parts, files, others);
  }

  /** The same names, and Flink's own texts read with that grammar. */
  public static FlinkTables readBy(FlinkGrammar grammar, FlinkTables names) {
    return new FlinkTables() {
      @Override
      public boolean has(List<String> parts) {
        return names.has(parts);
      }

      @Override
      public List<TableReference> named(String text) {
        return grammar.tables(text);
      }
    };
  }

  private static boolean has(List<String> parts, FlinkFolder files, Set<String> shared) {
    return switch (parts.size()) {
      case 1 -> Files.exists(files.table(DEFAULT_DATABASE, parts.get(0)));
      case 2 -> Files.exists(files.table(parts.get(0), parts.get(1)));
      case 3 -> !shared.contains(parts.get(0)) && Files.exists(files.catalog(parts.get(0)));
      default -> false;
    };
  }
}
