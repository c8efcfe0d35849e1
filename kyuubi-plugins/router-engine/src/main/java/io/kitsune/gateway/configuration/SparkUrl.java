// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.kyuubi.KyuubiUrl;

/** What {@code kitsune.spark.url} names. */
public sealed interface SparkUrl {
  /** Kyuubi, which launches engines. */
  record OfKyuubi(KyuubiUrl url) implements SparkUrl {
    public OfKyuubi {
      requireNonNull(url, "url");
    }
  }

  /** Spark's own Thrift server. */
  record OfThriftServer(String host, int port) implements SparkUrl {
    public OfThriftServer {
      requireNonNull(host, "host");
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none, in words for the operator
   */
  static SparkUrl parse(String text) {
    if (KyuubiUrl.is(text)) {
      return new OfKyuubi(KyuubiUrl.parse(text));
    }
    int colon = text.lastIndexOf(':');
    try {
      return new OfThriftServer(
          text.substring(0, colon).strip(), Integer.parseInt(text.substring(colon + 1).strip()));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "must be the host:port of a Thrift server, or the URL of Kyuubi, kyuubi://host:port", e);
    }
  }
}
