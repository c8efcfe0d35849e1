// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitsuneTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int kitsune(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Kitsune.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void redirectAddsShowsAndRefusesToForgetAMovedTable() {
    String home = folder.resolve("home").toString();

    assertThat(kitsune("redirect", "add", "s.t", "lake.t", "--phase", "migrated", "--home", home))
        .isZero();
    assertThat(kitsune("redirect", "show", "s.t", "--home", home)).isZero();
    assertThat(out.toString())
        .contains("spark_catalog.s.t -> spark_catalog.lake.t  migrated")
        .contains("writes go to spark_catalog.lake.t");
    assertThat(kitsune("redirect", "remove", "s.t", "--home", home)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("REDIRECTION_PHASE_REFUSED");
    assertThat(kitsune("redirect", "show", "no.where", "--home", home)).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aWrongKeyIsNamedWithItsFileAndLine() throws Exception {
    Path file =
        Files.writeString(folder.resolve("wrong.properties"), "\nkitsune.frontend.prot=3\n");

    assertThat(kitsune("server", "--config", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(file + ", line 2").contains("kitsune.frontend.prot");
  }

  @Test
  void aPasswordOnTheCommandLineIsRefusedAndNotRepeated() {
    assertThat(
            kitsune(
                "sql",
                "--url",
                "jdbc:kyuubi://127.0.0.1:1/x",
                "--password",
                "s3cret",
                "-e",
                "SELECT 1"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("env:NAME").doesNotContain("s3cret");
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() {
    assertThat(kitsune("sql", "--url", "jdbc:kyuubi://127.0.0.1:1/x", "-e", "SELECT 1"))
        .isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void aFolderThatIsNotTheDemosIsNotDeleted() throws Exception {
    Path precious = Files.createDirectories(folder.resolve("demo"));

    assertThat(kitsune("demo", "--exit", "--scale", "0.001", "--home", folder.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(precious).exists();
    assertThat(err.toString()).contains("was not made by the demo");
  }

  @Test
  void theDoctorFindsNothingToMendInANewHome() {
    String home = folder.resolve("home").toString();

    assertThat(kitsune("doctor", "--home", home)).as(out.toString()).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("java", "kitsune.home", "redirections", "catalog spark_catalog", "engine duckdb")
        .contains("engine spark");
  }

  @Test
  void theDoctorNamesACatalogThatDoesNotAnswer() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("lost.properties"),
            "kitsune.catalog.spark_catalog.type=hive\n"
                + "kitsune.catalog.spark_catalog.uri=thrift://127.0.0.1:1\n");

    assertThat(
            kitsune(
                "doctor",
                "--output",
                "json",
                "--config",
                file.toString(),
                "--home",
                folder.resolve("home").toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThat(out.toString().lines())
        .filteredOn(line -> line.contains("\"state\":\"bad\""))
        .singleElement()
        .asString()
        .contains("\"subject\":\"catalog spark_catalog\"", "CATALOG_", "127.0.0.1:1");
  }

  @Test
  void theDoctorReportsAConfigurationThatIsWrong() throws Exception {
    Path file = Files.writeString(folder.resolve("wrong.properties"), "kitsune.frontend.prot=3\n");

    assertThat(kitsune("doctor", "--config", file.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains("configuration", "kitsune.frontend.prot");
  }
}
