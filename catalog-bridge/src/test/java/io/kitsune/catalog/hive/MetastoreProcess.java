// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import java.io.IOException;
import java.util.Arrays;

/**
 * The main class of the Metastore's child process: runs the main class named first, and ends as
 * soon as the parent does, whichever way, because the pipe to its standard input closes then. Uses
 * nothing but the JDK, since it runs on the Metastore's class path.
 */
public final class MetastoreProcess {
  private MetastoreProcess() {}

  /**
   * Runs {@code arguments[0]}'s main method with the other arguments.
   *
   * @throws Exception what that method throws
   */
  public static void main(String[] arguments) throws Exception {
    Thread watch = new Thread(MetastoreProcess::endWithParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said here; only the end counts.
      }
    } catch (IOException e) {
      System.err.println("the pipe from the parent broke: " + e);
    }
    Runtime.getRuntime().halt(1);
  }
}
