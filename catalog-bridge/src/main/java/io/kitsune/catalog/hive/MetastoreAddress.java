// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Where a Metastore listens: {@code thrift://host:port}. */
record MetastoreAddress(String host, int port) {
  private static final int DEFAULT_PORT = 9083;

  /**
   * Reads {@code thrift://host:port[,thrift://host:port…]}; without a port it is 9083, as in Hive.
   *
   * @throws IllegalArgumentException if it is not that
   */
  static List<MetastoreAddress> parse(String text) {
    List<MetastoreAddress> addresses = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      addresses.add(parseOne(part.strip()));
    }
    return List.copyOf(addresses);
  }

  private static MetastoreAddress parseOne(String text) {
    try {
      URI uri = new URI(text);
      boolean bare = uri.getPath() == null || uri.getPath().isEmpty() || uri.getPath().equals("/");
      if ("thrift".equals(uri.getScheme()) && uri.getHost() != null && bare) {
        return new MetastoreAddress(
            uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not thrift://host:port: " + text, e);
    }
    throw new IllegalArgumentException("not thrift://host:port: " + text);
  }

  @Override
  public String toString() {
    return "thrift://" + host + ":" + port;
  }
}
