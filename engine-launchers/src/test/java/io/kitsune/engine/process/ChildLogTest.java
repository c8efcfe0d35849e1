// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildLogTest {
  @TempDir private Path folder;

  @Test
  void staysBoundedAndKeepsTheEnd() throws Exception {
    String text =
        IntStream.range(0, 100_000)
            .mapToObj("line %06d"::formatted)
            .collect(Collectors.joining("\n"));
    ChildLog log = new ChildLog(folder.resolve("a/child.log"), 50_000);

    log.copy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

    assertThat(log.lastLines(2)).containsExactly("line 099998", "line 099999");
    Path old = folder.resolve("a/child.log.1");
    assertThat(Files.size(log.file())).isLessThan(60_000);
    assertThat(Files.size(old)).isBetween(50_000L, 60_000L);
    assertThat(Files.readString(old) + Files.readString(log.file()))
        .isEqualTo(
            text.substring((int) (text.length() - Files.size(old) - Files.size(log.file()))));
  }

  @Test
  void framesOfStackTracesAreNotQuoted() {
    ChildLog log = new ChildLog(folder.resolve("child.log"), 50_000);
    String trace = "IOException: no port\n\tat a.B.c(B.java:1)\nCaused by: taken\n\t... 16 more\n";

    log.copy(new ByteArrayInputStream(trace.getBytes(StandardCharsets.UTF_8)));

    assertThat(log.lastLines(9)).containsExactly("IOException: no port", "Caused by: taken");
  }

  @Test
  void aFileThatCannotBeWrittenStopsNothing() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    ChildLog log = new ChildLog(file.resolve("child.log"), 1000);

    log.copy(new ByteArrayInputStream("last words\n".getBytes(StandardCharsets.UTF_8)));

    assertThat(log.lastLines(5)).containsExactly("last words");
  }
}
