// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

/**
 * What a quoted string of Spark SQL stands for. The escapes are those of Spark 3.5: {@code \}{@code
 * uXXXX}, {@code \UXXXXXXXX}, {@code \OOO} (octal, up to 177), the letters 0 b n r t Z, and {@code
 * \%} and {@code \_}, which keep their backslash for LIKE. A backslash before any other character
 * is dropped. {@code r'…'} has no escapes.
 */
final class StringText {
  private final String quoted;
  private final StringBuilder value;
  private int at;

  private StringText(String quoted) {
    this.quoted = quoted;
    this.value = new StringBuilder(quoted.length());
  }

  /**
   * The value of a string token.
   *
   * @param token with its quotes
   */
  static String value(String token, boolean escapesStandForThemselves) {
    if (token.charAt(0) == 'r' || token.charAt(0) == 'R') {
      return token.substring(2, token.length() - 1);
    }
    String body = token.substring(1, token.length() - 1);
    if (escapesStandForThemselves || body.indexOf('\\') < 0) {
      return body;
    }
    return new StringText(body).unescape();
  }

  private String unescape() {
    while (at < quoted.length()) {
      char c = quoted.charAt(at);
      if (c != '\\' || at + 1 == quoted.length()) {
        value.append(c);
        at++;
      } else if (!codePoint('u', 4) && !codePoint('U', 8) && !octal()) {
        letter(quoted.charAt(at + 1));
        at += 2;
      }
    }
    return value.toString();
  }

  private boolean codePoint(char marker, int digits) {
    int end = at + 2 + digits;
    if (quoted.charAt(at + 1) != marker || end > quoted.length()) {
      return false;
    }
    long codePoint = 0;
    for (int i = at + 2; i < end; i++) {
      int digit = hexadecimal(quoted.charAt(i));
      if (digit < 0) {
        return false;
      }
      codePoint = codePoint * 16 + digit;
    }
    if (codePoint < 0x10000) {
      value.append((char) codePoint);
    } else {
      // Spark's arithmetic, which has no upper bound.
      value.append((char) ((codePoint - 0x10000) / 0x400 + 0xD800));
      value.append((char) ((codePoint - 0x10000) % 0x400 + 0xDC00));
    }
    at = end;
    return true;
  }

  private static int hexadecimal(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private boolean octal() {
    if (at + 4 > quoted.length()) {
      return false;
    }
    int first = quoted.charAt(at + 1) - '0';
    int second = quoted.charAt(at + 2) - '0';
    int third = quoted.charAt(at + 3) - '0';
    if (first < 0 || first > 1 || second < 0 || second > 7 || third < 0 || third > 7) {
      return false;
    }
    value.append((char) (first * 64 + second * 8 + third));
    at += 4;
    return true;
  }

  private void letter(char c) {
    switch (c) {
      case '0' -> value.append('\0');
      case 'b' -> value.append('\b');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'Z' -> value.append('\u001A');
      case '%', '_' -> value.append('\\').append(c);
      default -> value.append(c);
    }
  }
}
