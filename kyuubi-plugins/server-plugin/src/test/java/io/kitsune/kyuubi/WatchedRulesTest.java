// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedRulesTest {
  @TempDir Path folder;

  private final Logger logger = Logger.getLogger(WatchedRules.class.getName());
  private final Queue<LogRecord> complaints = new ConcurrentLinkedQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          // The thread of another test may find its file gone.
          if (record.getLevel() == Level.SEVERE
              && record.getMessage().contains(folder.toString())) {
            complaints.add(record);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
  }

  private Path file() {
    return folder.resolve("kitsune-advisor.rules");
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
  }

  private static boolean routes(WatchedRules rules, String user) {
    return !rules.current().overlay(OpenedSession.of(user, Map.of())).isEmpty();
  }

  private static void lookTwice(WatchedRules rules) {
    rules.look();
    rules.look();
  }

  @Test
  void allAreRoutedWithoutAFileUntilThereIsOne() throws IOException {
    WatchedRules rules = WatchedRules.read(file());
    lookTwice(rules);
    assertThat(routes(rules, "ann")).isTrue();
    assertThat(complaints).isEmpty();
    write("keep");
    lookTwice(rules);
    assertThat(routes(rules, "ann")).isFalse();
  }

  @Test
  void takesAChangeOnceItIsWhole() throws IOException {
    write("route if user ann");
    WatchedRules rules = WatchedRules.read(file());
    assertThat(routes(rules, "ann")).isTrue();
    assertThat(routes(rules, "bob")).isFalse();
    write("route if user b");
    rules.look();
    assertThat(routes(rules, "ann")).isTrue();
    write("route if user bob");
    rules.look();
    assertThat(routes(rules, "ann")).isTrue();
    rules.look();
    assertThat(routes(rules, "ann")).isFalse();
    assertThat(routes(rules, "bob")).isTrue();
  }

  @Test
  void aBrokenFileKeepsTheLastGoodOneAndSaysSoOnce() throws IOException {
    write("route if user ann");
    WatchedRules rules = WatchedRules.read(file());
    write("# new\nrout if user ann");
    lookTwice(rules);
    lookTwice(rules);
    assertThat(routes(rules, "ann")).isTrue();
    assertThat(complaints)
        .singleElement()
        .satisfies(
            record ->
                assertThat(record.getMessage())
                    .contains(file().toString())
                    .contains("line 2: a line begins with route")
                    .contains("what was read before stays in force"));
    Files.delete(file());
    lookTwice(rules);
    assertThat(routes(rules, "ann")).isTrue();
    assertThat(complaints)
        .hasSize(2)
        .last()
        .extracting(LogRecord::getMessage)
        .asString()
        .contains("is gone");
    write("route if user bob");
    lookTwice(rules);
    assertThat(routes(rules, "bob")).isTrue();
    assertThat(complaints).hasSize(2);
  }

  @Test
  void aFileThatIsWrongFromTheStartRoutesNobody() throws IOException {
    Files.write(file(), "route if user ä".getBytes(StandardCharsets.ISO_8859_1));
    WatchedRules rules = WatchedRules.read(file());
    assertThat(routes(rules, "ann")).isFalse();
    assertThat(complaints)
        .singleElement()
        .extracting(LogRecord::getMessage)
        .asString()
        .contains("not in UTF-8")
        .contains("no session is routed until it is right");
    write("route");
    lookTwice(rules);
    assertThat(routes(rules, "ann")).isTrue();
  }

  @Test
  void aThreadLooksByItself() throws Exception {
    write("keep");
    WatchedRules rules = WatchedRules.read(file());
    rules.watch(10);
    write("route");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!routes(rules, "ann") && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(routes(rules, "ann")).isTrue();
  }
}
