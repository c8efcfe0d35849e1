// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

/** A pattern in which {@code *} stands for anything. */
record Glob(String pattern) {

  /** Whether the whole text matches; in time linear in both, but for repeated beginnings. */
  boolean matches(String text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int behind = 0;
    while (at < text.length()) {
      if (in < pattern.length() && pattern.charAt(in) == '*') {
        star = in++;
        behind = at;
      } else if (in < pattern.length() && pattern.charAt(in) == text.charAt(at)) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++behind;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.charAt(in) == '*') {
      in++;
    }
    return in == pattern.length();
  }
}
