// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.error.KitsuneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void argumentsArriveUnchangedAndOutOfSight() throws Exception {
    List<String> odd = List.of("two words", "quote\"s", "back\\slash", "line\nbreak", "pass=word!");
    JvmProgram program = Children.program(folder, Children.Stays.class, odd.toArray(String[]::new));
    try (ChildProcess child = ChildProcess.start(program)) {
      Path runFolder = only(folder.resolve("run"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runFolder)))
          .isEqualTo("rwx------");
      child.awaitReady(LIMIT, () -> child.lastLines().contains("ready"));

      assertThat(String.join("\n", child.lastLines()))
          .contains(odd.stream().map(argument -> "[" + argument + "]").toList());
      assertThat(Files.readString(Path.of("/proc/" + child.pid() + "/cmdline")))
          .doesNotContain("pass=word!");
      assertThat(runFolder.resolve("java.args")).doesNotExist();
    }
  }

  @Test
  void closingEndsItAndLeavesOnlyTheLog() throws Exception {
    ChildProcess child = ChildProcess.start(Children.program(folder, Children.Stays.class));
    child.awaitReady(LIMIT, () -> child.lastLines().contains("ready"));

    child.close();

    assertThat(child.alive()).isFalse();
    assertThat(child.exit().get(30, TimeUnit.SECONDS)).isEqualTo(143);
    assertThat(folder.resolve("run")).isEmptyDirectory();
    assertThat(folder.resolve("child.log")).content().contains("ready");
  }

  @Test
  void anEndBeforeReadyQuotesTheLog() {
    ChildProcess child = ChildProcess.start(Children.program(folder, Children.Fails.class, "9083"));

    assertThatThrownBy(() -> child.awaitReady(LIMIT, () -> false))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContainingAll("exit code 3", "no such port: 9083", "child.log")
        .extracting("code")
        .isEqualTo("ENGINE_START_FAILED");
  }

  @Test
  void neverReadyIsStoppedAtTheLimit() {
    ChildProcess child = ChildProcess.start(Children.program(folder, Children.Stays.class));

    assertThatThrownBy(() -> child.awaitReady(Duration.ofMillis(300), () -> false))
        .extracting("code")
        .isEqualTo("ENGINE_START_TIMEOUT");
    assertThat(child.alive()).isFalse();
  }

  @Test
  void aJavaThatIsNotThereIsNamed() {
    JvmProgram program = Children.program(folder, Children.Stays.class);
    JvmProgram elsewhere =
        new JvmProgram(
            "spark",
            Path.of("/no/java"),
            List.of(),
            program.classPath(),
            List.of(),
            program.mainClass(),
            List.of(),
            program.environment(),
            program.folder(),
            program.log());

    assertThatThrownBy(() -> ChildProcess.start(elsewhere))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("/no/java/bin/java");
  }

  @Test
  void aKilledParentLeavesNoOrphan() throws Exception {
    try (ChildProcess parent =
        ChildProcess.start(
            Children.program(folder, Children.Parent.class, folder.resolve("inner").toString()))) {
      parent.awaitReady(LIMIT, () -> grandchild(parent) > 0);
      ProcessHandle grandchild = ProcessHandle.of(grandchild(parent)).orElseThrow();
      Path log = folder.resolve("inner/child.log");
      await()
          .atMost(LIMIT)
          .until(() -> Files.exists(log) && Files.readString(log).contains("ready"));

      ProcessHandle.of(parent.pid()).orElseThrow().destroyForcibly();

      grandchild.onExit().get(30, TimeUnit.SECONDS);
      assertThat(grandchild.isAlive()).isFalse();
    }
  }

  @Test
  void whatAKilledGatewayLeftIsRemovedByTheNextRun() throws Exception {
    Path abandoned = folder.resolve("run/run-999999999-x/classes");
    Files.createDirectories(abandoned);
    try (ChildProcess child = ChildProcess.start(Children.program(folder, Children.Stays.class))) {
      assertThat(child.alive()).isTrue();
      assertThat(abandoned.getParent()).doesNotExist();
    }
  }

  private static long grandchild(ChildProcess parent) {
    return parent.lastLines().stream()
        .filter(line -> line.startsWith("grandchild="))
        .mapToLong(line -> Long.parseLong(line.substring("grandchild=".length())))
        .findFirst()
        .orElse(0);
  }

  private static Path only(Path parent) throws Exception {
    try (var children = Files.list(parent)) {
      return children.toList().get(0);
    }
  }
}
