// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kitsune.error.KitsuneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderListerTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /a/b               | /a/b
          file:/a//b/        | /a/b
          FILE:///a b/%41=é  | /a b/%41=é
          file:/a:b          | /a:b
          /a:b               | /a:b
          """)
  void aLocationOfThisMachineIsNeverDecoded(String location, Path path) {
    assertThat(FileLocation.parse(location)).isEqualTo(new FileLocation.Local(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hdfs://namenode:8020/a | hdfs
          S3A://bucket/a:b       | s3a
          file://otherhost/a     | file
          relative/a             | ''
          relative/a:b           | ''
          """)
  void anotherStoreIsRemote(String location, String scheme) {
    assertThat(FileLocation.parse(location)).isEqualTo(new FileLocation.Remote(scheme, location));
  }

  @Test
  void bothWaysOfListingSeeWhatSparkReads() throws Exception {
    Files.writeString(folder.resolve("b %41.parquet"), "x");
    Files.writeString(folder.resolve("a=1"), "xy");
    Files.writeString(folder.resolve("_odd=1.parquet"), "x");
    Files.writeString(folder.resolve("_SUCCESS"), "x");
    Files.writeString(folder.resolve("_metadata"), "x");
    Files.writeString(folder.resolve(".part.crc"), "x");
    Files.writeString(folder.resolve("c._COPYING_"), "x");
    Files.createFile(folder.resolve("empty"));
    Files.createDirectory(folder.resolve("_temporary"));
    try (FolderLister lister = new FolderLister(Duration.ofSeconds(5))) {
      FolderContent local = lister.list(new FileLocation.Local(folder));
      FolderContent throughHadoop = lister.listThroughHadoop("file:" + folder);

      assertThat(local.files())
          .extracting(
              file -> Path.of(file.path()).getFileName().toString(),
              FolderContent.ListedFile::bytes)
          .containsExactly(
              tuple("_odd=1.parquet", 1L), tuple("a=1", 2L), tuple("b %41.parquet", 1L));
      assertThat(local.subfolders()).isFalse();
      assertThat(throughHadoop.files())
          .extracting(file -> file.path().replace("file:", ""))
          .containsExactlyElementsOf(
              local.files().stream().map(FolderContent.ListedFile::path).toList());

      Files.createDirectory(folder.resolve("sub"));
      assertThat(lister.list(new FileLocation.Local(folder)).subfolders()).isTrue();
      assertThat(lister.listThroughHadoop("file:" + folder).subfolders()).isTrue();
    }
  }

  @Test
  void aLinkThatLeadsNowhereIsPassedOver() throws Exception {
    Files.writeString(folder.resolve("real"), "x");
    Files.createSymbolicLink(folder.resolve("a-dangling"), folder.resolve("nothing"));
    Path elsewhere = Files.createDirectory(folder.resolve("_elsewhere"));
    Files.createSymbolicLink(
        folder.resolve("linked"), Files.writeString(elsewhere.resolve("f"), "xyz"));
    try (FolderLister lister = new FolderLister(Duration.ofSeconds(5))) {
      FolderContent local = lister.list(new FileLocation.Local(folder));

      assertThat(local.files())
          .extracting(FolderContent.ListedFile::bytes)
          .as("linked, then real")
          .containsExactly(3L, 1L);
      assertThat(lister.listThroughHadoop("file:" + folder).files()).hasSize(2);
    }
  }

  @Test
  void aNameThatIsNoTextIsAnErrorAndNotAnotherFile() throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf x > \"$(printf '\\377').parquet\"")
            .directory(folder.toFile())
            .start();
    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    try (FolderLister lister = new FolderLister(Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> lister.list(new FileLocation.Local(folder)))
          .hasMessageContaining("encoding")
          .extracting("code")
          .isEqualTo("CATALOG_FILES_UNAVAILABLE");
    }
  }

  @Test
  void aMissingFolderIsEmptyAndAFileIsNoFolder() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    try (FolderLister lister = new FolderLister(Duration.ofSeconds(5))) {
      assertThat(lister.list(new FileLocation.Local(folder.resolve("gone"))).files()).isEmpty();
      assertThatThrownBy(() -> lister.list(new FileLocation.Local(file)))
          .isInstanceOf(KitsuneException.class)
          .hasMessageContaining(file.toString())
          .extracting("code")
          .isEqualTo("CATALOG_FILES_UNAVAILABLE");
    }
  }
}
