// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process.child;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another main class, and ends the JVM when standard input ends. The parent holds the other
 * end of that pipe and never writes to it; the operating system closes it when the parent dies,
 * {@code kill -9} included, so a child never outlives its parent.
 */
public final class ChildMain {
  /** How long shutdown hooks may take once the parent is gone. */
  private static final long HOOKS_MILLIS = 5_000;

  /** As a process that SIGTERM ended. */
  private static final int EXIT_CODE = 143;

  private ChildMain() {}

  /** {@code arguments[0]} is the main class, the others are its arguments. */
  public static void main(String[] arguments) throws Throwable {
    InputStream pipe = System.in;
    System.setIn(InputStream.nullInputStream());
    Thread watch = new Thread(() -> exitAtEndOf(pipe), "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Method main = Class.forName(arguments[0]).getMethod("main", String[].class);
    // As the java command does: the class itself need not be public.
    main.setAccessible(true);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void exitAtEndOf(InputStream pipe) {
    try {
      while (pipe.read() >= 0) {
        // The parent sends nothing; what arrives by mistake is ignored.
      }
    } catch (IOException e) {
      System.err.println("The pipe to the parent broke: " + e);
    }
    Thread exit = new Thread(() -> System.exit(EXIT_CODE), "parent-gone");
    exit.setDaemon(true);
    exit.start();
    try {
      exit.join(HOOKS_MILLIS);
    } catch (InterruptedException e) {
      System.err.println("Interrupted while stopping");
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
