// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.files.FolderContent.ListedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFootersTest {
  @TempDir private Path folder;

  @Test
  void boundsAndNullsAreThoseOfAllRowGroups() throws Exception {
    Path file = folder.resolve("f.parquet");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT CASE WHEN i %% 10 <> 0 THEN i END AS a, NULL::INT AS b, [i] AS c FROM range(5000) t(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)"
              .formatted(file));
    }

    ParquetFooter footer = (ParquetFooter) new ParquetFooters().read(listed(file));

    assertThat(footer.rows()).isEqualTo(5000);
    ParquetFooter.Leaf a = footer.leaves().get(List.of("a"));
    assertThat(a.bounds()).containsExactly(1L, 4999L);
    assertThat(a.nulls()).isEqualTo(500);
    assertThat(a.values()).isEqualTo(5000);
    assertThat(a.bytes()).isPositive();
    ParquetFooter.Leaf b = footer.leaves().get(List.of("b"));
    assertThat(b.bounds()).isEmpty();
    assertThat(b.allNull()).isTrue();
    assertThat(footer.leaves()).containsKey(List.of("c", "list", "element"));
    assertThat(footer.writer().version()).isEmpty();
  }

  @Test
  void aFileThatChangedIsReadAgain() throws Exception {
    ParquetFooters footers = new ParquetFooters();
    Path file = ParquetTestFile.of("optional int32 a;").write(folder.resolve("f.parquet"));
    ListedFile before = listed(file);
    assertThat(((ParquetFooter) footers.read(before)).rows()).isZero();

    Files.delete(file);
    assertThat(footers.read(before)).as("kept").isInstanceOf(ParquetFooter.class);
    ParquetTestFile.of("optional int32 a;").row(row -> row.append("a", 1)).write(file);
    assertThat(((ParquetFooter) footers.read(listed(file))).rows()).isEqualTo(1);
  }

  @Test
  void whatIsNoFooterIsSaidAndTriedAgain() throws Exception {
    ParquetFooters footers = new ParquetFooters();
    Path file = folder.resolve("f.parquet");
    ListedFile gone = new ListedFile(file.toString(), 10, 0);
    assertThat(footers.read(gone)).isInstanceOf(Footer.Unreadable.class);
    for (String content :
        List.of(
            "x",
            "PAR1PAR1",
            "PAR1aaaaaaaaPAR1",
            "PAR1\0\0\0\0\377\377\377\177PAR1",
            "PARE0000PARE")) {
      Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(footers.read(gone)).as(content).isInstanceOf(Footer.Unreadable.class);
    }
    ParquetTestFile.of("optional int32 a;").write(file.resolveSibling("g.parquet"));
    Files.move(file.resolveSibling("g.parquet"), file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(footers.read(gone)).isInstanceOf(ParquetFooter.class);
  }

  private static ListedFile listed(Path file) throws IOException {
    return new ListedFile(
        file.toString(), Files.size(file), Files.getLastModifiedTime(file).toMillis());
  }
}
