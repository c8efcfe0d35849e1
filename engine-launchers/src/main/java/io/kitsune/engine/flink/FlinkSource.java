// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.process.Artifacts;
import java.net.URI;

/** Where Flink comes from. */
public sealed interface FlinkSource {
  /** Flink 2.3.0 with Iceberg, fetched as Maven artifacts and started here. */
  record Download(Artifacts artifacts) implements FlinkSource {
    public Download {
      requireNonNull(artifacts, "artifacts");
    }
  }

  /**
   * A SQL Gateway that runs already, with catalogs of its own. Nothing is started or stopped.
   *
   * @param uri of its REST endpoint ({@code http://host:8083}), without user information
   */
  record Endpoint(URI uri) implements FlinkSource {
    public Endpoint {
      if (uri.getHost() == null
          || uri.getRawUserInfo() != null
          || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        throw new IllegalArgumentException(
            "not the http(s)://host:port of a SQL Gateway: " + uri.getHost());
      }
    }
  }
}
