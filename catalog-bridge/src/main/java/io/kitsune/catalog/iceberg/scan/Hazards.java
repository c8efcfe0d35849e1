// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import io.kitsune.catalog.scan.ReadHazard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects hazards, each once, with the first file it was found in and the number of files. Used by
 * one thread.
 */
final class Hazards {
  private final Map<ReadHazard, Occurrences> found = new LinkedHashMap<>();

  /** A hazard of the table as such. */
  void add(ReadHazard.Kind kind, String detail) {
    found.putIfAbsent(new ReadHazard(kind, detail), new Occurrences());
  }

  /** A hazard of a column, whatever the file. */
  void addOfColumn(ReadHazard.Kind kind, String column, String detail) {
    found.putIfAbsent(new ReadHazard(kind, column, detail), new Occurrences());
  }

  /** A hazard of one file. */
  void addOfFile(ReadHazard.Kind kind, String detail, String file) {
    addOfFile(new ReadHazard(kind, detail), file);
  }

  /** A hazard of one file, perhaps of one of its columns. */
  void addOfFile(ReadHazard hazard, String file) {
    Occurrences occurrences = found.computeIfAbsent(hazard, key -> new Occurrences());
    occurrences.files++;
    if (occurrences.first == null) {
      occurrences.first = file;
    }
  }

  /** All of them, in the order of their first finding. */
  List<ReadHazard> list() {
    List<ReadHazard> hazards = new ArrayList<>();
    found.forEach(
        (hazard, where) ->
            hazards.add(
                new ReadHazard(hazard.kind(), hazard.column(), text(hazard) + where.text())));
    return List.copyOf(hazards);
  }

  private static String text(ReadHazard hazard) {
    return hazard.column().isEmpty()
        ? hazard.detail()
        : "column %s: %s".formatted(hazard.column(), hazard.detail());
  }

  private static final class Occurrences {
    private int files;
    private String first;

    private String text() {
      if (first == null) {
        return "";
      }
      return files == 1 ? " in " + first : " in %d files, %s first".formatted(files, first);
    }
  }
}
