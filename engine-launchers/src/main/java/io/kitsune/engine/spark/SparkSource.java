// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.process.Artifacts;
import io.kitsune.engine.thrift.Authentication;
import java.nio.file.Path;

/** Where Spark comes from. */
public sealed interface SparkSource {
  /** Spark 3.5.4 with Iceberg, fetched as Maven artifacts and started here. */
  record Download(Artifacts artifacts) implements SparkSource {
    public Download {
      requireNonNull(artifacts, "artifacts");
    }
  }

  /**
   * A Spark 3.5 installation, started here. Its {@code conf} folder is honoured, {@code
   * spark-env.sh} is not. Iceberg is fetched if its {@code jars} have none.
   *
   * @param sparkHome the folder with {@code jars}, among them Spark's Thrift server
   */
  record Home(Path sparkHome, Artifacts artifacts) implements SparkSource {
    public Home {
      requireNonNull(sparkHome, "sparkHome");
      requireNonNull(artifacts, "artifacts");
    }
  }

  /**
   * A Thrift server of Spark's that runs already. Nothing is started or stopped.
   *
   * @param authentication how it lets clients in
   */
  record Endpoint(String host, int port, Authentication authentication) implements SparkSource {
    public Endpoint {
      requireNonNull(host, "host");
      requireNonNull(authentication, "authentication");
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("not a port: " + port);
      }
    }
  }
}
