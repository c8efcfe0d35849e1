// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows to hold the values of one column as Thrift's binary protocol writes them. */
final class ColumnBytes {
  private byte[] bytes;
  private int length;
  private int start;

  ColumnBytes(int expected) {
    bytes = new byte[Math.max(16, expected)];
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Begins a text whose length is not known yet. */
  void beginText() {
    start = length;
    ensure(Integer.BYTES);
    length += Integer.BYTES;
  }

  /** Ends the text that was begun: its length goes before it. */
  void endText() {
    int size = length - start - Integer.BYTES;
    bytes[start] = (byte) (size >>> 24);
    bytes[start + 1] = (byte) (size >>> 16);
    bytes[start + 2] = (byte) (size >>> 8);
    bytes[start + 3] = (byte) size;
  }

  void text(String value) {
    beginText();
    append(value);
    endText();
  }

  void append(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    ensure(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  void append(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
  }

  /** A number from 0 with leading zeros. */
  void digits(int value, int width) {
    ensure(width);
    int rest = value;
    for (int i = width - 1; i >= 0; i--) {
      bytes[length + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += width;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
