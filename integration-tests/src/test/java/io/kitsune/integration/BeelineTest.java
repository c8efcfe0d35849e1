// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Hive's beeline, the one that Spark's distribution carries, as a process of its own. */
@ExtendWith(LiveLake.class)
class BeelineTest {
  private static final long LIMIT_SECONDS = 180;

  @TempDir private Path folder;

  @Test
  void listsSchemasTablesAndColumnsAndQueries() throws Exception {
    Output output =
        beeline(
            "SHOW DATABASES;",
            "SHOW TABLES IN tpch;",
            "DESCRIBE tpch.region;",
            "SELECT r_regionkey, r_name FROM tpch.region ORDER BY r_regionkey;");

    assertThat(output.exitCode()).as(output.text()).isZero();
    assertThat(output.text().lines())
        .contains("tpch", "r_regionkey\tbigint\tNULL", "0\tAFRICA", "4\tMIDDLE EAST")
        .anyMatch(line -> line.startsWith("tpch\tlineitem"));
  }

  @Test
  void reportsAnErrorAndFails() throws Exception {
    Output output = beeline("SELECT * FROM no_such_table;");

    assertThat(output.exitCode()).isNotZero();
    assertThat(output.text()).contains("no_such_table").contains("42P01");
  }

  private record Output(int exitCode, String text) {}

  private Output beeline(String... statements) throws IOException, InterruptedException {
    Path script = Files.write(folder.resolve("script.sql"), List.of(statements));
    Path log = folder.resolve("beeline.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + folder,
                "-cp",
                sparkJars() + File.separator + "*",
                "org.apache.hive.beeline.BeeLine",
                "-u",
                "jdbc:hive2://127.0.0.1:" + LiveLake.get().port() + "/default",
                "-n",
                "beeline",
                "--outputformat=tsv2",
                "--showHeader=false",
                "-f",
                script.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Output(process.waitFor(), Files.readString(log, StandardCharsets.UTF_8));
  }

  private static Path sparkJars() throws IOException {
    try (Stream<Path> files = Files.walk(LiveLake.get().programs(), 3)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("hive-beeline-"))
          .findFirst()
          .orElseThrow()
          .getParent();
    }
  }
}
