// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.kitsune.error.KitsuneException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Directs the log to {@code <home>/logs}, as the installation's {@code conf/logback.xml} says, or
 * the copy of it in the jar. {@code -Dlogback.configurationFile} wins over both.
 */
final class Logging {
  private Logging() {}

  /** What is printed besides the file. */
  enum Console {
    INFO,
    ERROR,
    OFF
  }

  static void start(Path home, Console console) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    if (System.getProperty("logback.configurationFile") != null) {
      return;
    }
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.putProperty("kitsune.log.directory", home.resolve("logs").toString());
    context.putProperty("kitsune.log.console", console.name());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    URL file = configuration();
    try {
      configurator.doConfigure(file);
    } catch (JoranException e) {
      throw new KitsuneException(
          "CONFIG_VALUE_INVALID",
          "F0000",
          "%s is not a Logback configuration: %s".formatted(file, e.getMessage()),
          e);
    }
  }

  private static URL configuration() {
    String installation = System.getProperty("kitsune.installation");
    if (installation != null) {
      Path file = Path.of(installation, "conf", "logback.xml");
      if (Files.exists(file)) {
        try {
          return file.toUri().toURL();
        } catch (MalformedURLException e) {
          throw new IllegalArgumentException("not a file's URL: " + file, e);
        }
      }
    }
    return Logging.class.getResource("/io/kitsune/gateway/command/logback.xml");
  }
}
