// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import java.nio.file.Path;
import java.util.Optional;

/** The operator's rules. */
@Describe(
    "Rules that say which engine may, must or should run what, and what nobody runs: docs/policy.md.")
public interface PolicyKeys {
  @Describe(
      "A file like conf/policy.yaml, read when the gateway starts; without one, every engine may run what it can.")
  Optional<Path> file();
}
