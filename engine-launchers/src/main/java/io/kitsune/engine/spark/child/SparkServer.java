// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark.child;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.hive.thriftserver.HiveThriftServer2;

/**
 * Spark's Thrift server, whose statements are counted. A main class rather than one of Spark's
 * plugins or listeners: what an operator lists under those keys stays as it is.
 */
public final class SparkServer {
  private SparkServer() {}

  /** With the Thrift server's own arguments. */
  public static void main(String[] arguments) {
    // Returns when clients can connect.
    HiveThriftServer2.main(arguments);
    try {
      StatementTasks tasks = new StatementTasks();
      SparkContext.getOrCreate().addSparkListener(tasks);
      ProgressEndpoint.open(tasks, Path.of(System.getProperty(ProgressEndpoint.PROPERTY)));
    } catch (IOException | RuntimeException | LinkageError e) {
      // Statements run as well without anybody knowing how far they are.
      System.err.println("The progress of statements will not be known");
      e.printStackTrace();
    }
  }
}
