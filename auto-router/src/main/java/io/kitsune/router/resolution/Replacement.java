// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.catalog.TableName;
import io.kitsune.router.Statement.TableReference;
import java.util.List;
import java.util.stream.Stream;

/**
 * Another text in the place of a table's name.
 *
 * @param fullName the parts by which columns may be qualified: catalog, namespace, name
 */
record Replacement(TableReference reference, List<String> fullName, String text) {
  Replacement {
    fullName = List.copyOf(fullName);
  }

  static Replacement of(TableReference reference, TableName written, String text) {
    List<String> name =
        Stream.of(List.of(written.catalog()), written.namespace(), List.of(written.table()))
            .flatMap(List::stream)
            .toList();
    return new Replacement(reference, name, text);
  }

  /** In the place of a temporary view's name. */
  static Replacement of(TableReference reference, String text) {
    return new Replacement(reference, reference.parts(), text);
  }

  /** Whether the user gave no alias, so that the name's last part must stay one. */
  boolean needsAlias() {
    return reference.aliasAt() >= 0;
  }

  String lastPart() {
    return fullName.get(fullName.size() - 1);
  }

  void addTo(TextEdits edits) {
    edits.replace(reference.start(), reference.end(), text);
    if (needsAlias()) {
      List<String> parts = reference.parts();
      edits.insert(reference.aliasAt(), " AS " + ViewBody.quoted(parts.get(parts.size() - 1)));
    }
  }
}
