// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import java.nio.file.Path;

/** The programs that tests run, fetched once for all builds of this working copy. */
public final class TestArtifacts {
  private TestArtifacts() {}

  /** In the module's target folder, whatever the tests' working folder. */
  public static Artifacts shared() {
    return new Artifacts(Path.of(System.getProperty("basedir", ".")).resolve("target/programs"));
  }
}
