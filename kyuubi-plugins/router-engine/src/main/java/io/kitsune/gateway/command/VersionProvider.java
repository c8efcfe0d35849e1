// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Kitsune's version as the build stamped it. */
public final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "kitsune " + version(),
      "java "
          + Runtime.version()
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
    };
  }

  static String version() {
    try (InputStream stamp = VersionProvider.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(stamp);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
