// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** An IPv4 or IPv6 network in CIDR notation, or a single address. Immutable. */
final class Network {
  private static final int IPV4_PARTS = 4;

  private final byte[] base;
  private final int bits;

  private Network(byte[] base, int bits) {
    this.base = base;
    this.bits = bits;
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or an address.
   *
   * @throws IllegalArgumentException for anything else, for a host's name too
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] base = address(slash < 0 ? text : text.substring(0, slash));
    if (base.length == 0) {
      throw new IllegalArgumentException("'" + text + "' is no IP address or network");
    }
    int all = base.length * Byte.SIZE;
    int bits = slash < 0 ? all : number(text.substring(slash + 1), all);
    if (bits < 0) {
      throw new IllegalArgumentException(
          "'" + text + "' needs a number from 0 to " + all + " after the slash");
    }
    for (int i = bits; i < all; i++) {
      if (bit(base, i)) {
        throw new IllegalArgumentException(
            "'" + text + "' has bits set beyond its first " + bits + "; write the network itself");
      }
    }
    return new Network(base, bits);
  }

  /**
   * An address as bytes; none for null and whatever is no address. Asks no name server: the text
   * comes from a session that waits.
   */
  static byte[] address(String text) {
    if (text == null || text.isEmpty()) {
      return new byte[0];
    }
    return text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
  }

  private static byte[] ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != IPV4_PARTS) {
      return new byte[0];
    }
    byte[] address = new byte[IPV4_PARTS];
    for (int i = 0; i < IPV4_PARTS; i++) {
      int part = number(parts[i], 255);
      if (part < 0) {
        return new byte[0];
      }
      address[i] = (byte) part;
    }
    return address;
  }

  private static byte[] ipv6(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
        return new byte[0];
      }
    }
    try {
      // With a colon in it, the JDK takes it for an address or for nothing.
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      return new byte[0];
    }
  }

  /** A number of at most three digits; -1 where it is none, or too large. */
  private static int number(String text, int largest) {
    if (text.isEmpty() || text.length() > 3) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = 10 * value + c - '0';
    }
    return value > largest ? -1 : value;
  }

  boolean has(byte[] address) {
    if (address.length != base.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      if (bit(address, i) != bit(base, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean bit(byte[] bytes, int i) {
    return (bytes[i / Byte.SIZE] >> (Byte.SIZE - 1 - i % Byte.SIZE) & 1) == 1;
  }
}
