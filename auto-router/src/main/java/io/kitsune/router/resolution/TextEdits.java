// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Replacements in a text, by offsets of the text as it was. */
final class TextEdits {
  private final List<Edit> edits = new ArrayList<>();

  private record Edit(int start, int end, String replacement) {}

  void replace(int start, int end, String replacement) {
    edits.add(new Edit(start, end, replacement));
  }

  void insert(int at, String addition) {
    replace(at, at, addition);
  }

  boolean isEmpty() {
    return edits.isEmpty();
  }

  /** The text with every edit made; an insertion at a replacement's end stands behind it. */
  String applyTo(String text) {
    edits.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end));
    StringBuilder result = new StringBuilder(text.length() + 64);
    int done = 0;
    for (Edit edit : edits) {
      if (edit.start() < done) {
        throw new IllegalStateException("two edits overlap at offset " + edit.start());
      }
      result.append(text, done, edit.start()).append(edit.replacement());
      done = edit.end();
    }
    return result.append(text, done, text.length()).toString();
  }
}
