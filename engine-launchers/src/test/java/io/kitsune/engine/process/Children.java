// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Programs that the tests run as children. */
public final class Children {
  private Children() {}

  /** A small JVM that runs that class in that folder. */
  public static JvmProgram program(Path folder, Class<?> mainClass, String... arguments) {
    return new JvmProgram(
        "child",
        JvmProgram.currentJavaHome(),
        List.of("-Xmx32m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
        List.of(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
        List.of(),
        mainClass.getName(),
        List.of(arguments),
        Map.of(),
        folder.resolve("run"),
        folder.resolve("child.log"));
  }

  /** Prints each argument on a line in brackets, then stays for ever. */
  public static final class Stays {
    private Stays() {}

    public static void main(String[] arguments) throws InterruptedException {
      for (String argument : arguments) {
        System.out.println("[" + argument + "]");
      }
      System.out.println("ready");
      new CountDownLatch(1).await();
    }
  }

  /** Says why and ends. */
  static final class Fails {
    private Fails() {}

    public static void main(String[] arguments) {
      System.err.println("no such port: " + arguments[0]);
      System.exit(3);
    }
  }

  /** Starts a child of its own in the folder given, and stays. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws InterruptedException {
      ChildProcess child = ChildProcess.start(program(Path.of(arguments[0]), Stays.class));
      System.out.println("grandchild=" + child.pid());
      new CountDownLatch(1).await();
    }
  }
}
