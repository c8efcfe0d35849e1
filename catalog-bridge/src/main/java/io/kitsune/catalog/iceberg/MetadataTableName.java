// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.TableName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.iceberg.MetadataTableType;

/**
 * A name that, to Spark's Iceberg connector, means something about a table rather than a table:
 * {@code db.t.snapshots}, {@code db.t.files}, or a selector such as {@code db.t.branch_audit}.
 * Whether it really does depends on there being no table of the full name, which comes first, and
 * on {@link #table} being an Iceberg table.
 *
 * @param table the table it is about
 * @param part what of it, as written
 */
public record MetadataTableName(TableName table, String part) {
  /** Spark's selectors in an identifier; a fixed shape of a single word. */
  private static final Pattern SELECTOR =
      Pattern.compile("snapshot_id_\\d+|at_timestamp_\\d+|branch_.+|tag_.+|changes|rewrite");

  public MetadataTableName {
    requireNonNull(table, "table");
    requireNonNull(part, "part");
  }

  /** What the name means if no table has it; empty if it has not such a shape. */
  public static Optional<MetadataTableName> recognise(TableName name) {
    if (name.namespace().size() < 2) {
      return Optional.empty();
    }
    String part = name.table();
    // Position deletes, entries and the rest: the names are those of Iceberg's own enum.
    boolean known =
        MetadataTableType.from(part) != null
            || SELECTOR.matcher(part.toLowerCase(Locale.ROOT)).matches();
    if (!known) {
      return Optional.empty();
    }
    int last = name.namespace().size() - 1;
    TableName table =
        new TableName(
            name.catalog(), name.namespace().subList(0, last), name.namespace().get(last));
    return Optional.of(new MetadataTableName(table, part));
  }
}
