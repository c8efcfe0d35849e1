// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.maveniverse.maven.mima.context.ContextOverrides;
import io.kitsune.engine.ProgressListener;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.eclipse.aether.repository.RemoteRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a Maven repository in a folder. */
final class ArtifactsTest {
  @TempDir private Path folder;
  private Path remote;
  private Path cache;
  private ArtifactLock lock;

  @BeforeEach
  void publish() throws IOException {
    remote = folder.resolve("remote");
    cache = folder.resolve("cache");
    lock =
        new ArtifactLock(
            "program-1",
            List.of(
                published("org.example:one:jar:1.0", random(3_000_000)),
                published("org.example:two:jar:tests:2.0", random(500)),
                published("org.example:three:tar.gz:bin:3.0", archive())));
  }

  @Test
  void fetchesChecksAndUnpacks() throws IOException {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());

    ProgramFolder program = artifacts("local").program(lock, lines::add);

    assertThat(program.jars())
        .containsExactly(
            program.path().resolve("one-1.0.jar"), program.path().resolve("two-2.0-tests.jar"));
    assertThat(program.archive("three-3.0-bin.tar.gz").resolve("lib/inner.txt"))
        .hasContent("inside");
    assertThat(program.archive("three-3.0-bin.tar.gz").resolve("again/link.txt"))
        .hasContent("inside");
    assertThat(lines).isNotEmpty().allMatch(line -> line.startsWith("downloading program-1: "));
  }

  @Test
  void needsNeitherNetworkNorLocalRepositoryAfterwards() throws IOException {
    Path first = artifacts("local").program(lock, ProgressListener.NONE).path();
    delete(remote);
    delete(folder.resolve("local"));
    List<String> lines = new ArrayList<>();

    ProgramFolder again = artifacts("local").program(lock, lines::add);

    assertThat(again.path()).isEqualTo(first);
    assertThat(again.jars()).allSatisfy(jar -> assertThat(jar).isRegularFile());
    assertThat(lines).isEmpty();
  }

  @Test
  void aDamagedFolderIsMadeAgain() throws IOException {
    Path jar = artifacts("local").program(lock, ProgressListener.NONE).jars().get(0);
    Files.delete(jar);
    Files.writeString(jar, "damaged");

    ProgramFolder again = artifacts("local").program(lock, ProgressListener.NONE);

    assertThat(again.jars().get(0)).hasSize(3_000_000);
    assertThat(entries(cache)).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void aMarkerWithoutItsEndIsNotComplete() throws IOException {
    ProgramFolder program = artifacts("local").program(lock, ProgressListener.NONE);
    Files.writeString(program.path().resolve("complete.txt"), "");

    assertThat(artifacts("local").program(lock, ProgressListener.NONE).jars()).hasSize(2);
  }

  @Test
  void anotherContentIsRefused() throws IOException {
    ArtifactLock.Artifact one = lock.artifacts().get(0);
    ArtifactLock other =
        new ArtifactLock(
            "program-1",
            List.of(new ArtifactLock.Artifact(one.coordinates(), one.bytes(), "0".repeat(64))));

    assertThatThrownBy(() -> artifacts("local").program(other, ProgressListener.NONE))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("org.example:one:jar:1.0")
        .extracting("code")
        .isEqualTo("ENGINE_ARTIFACT_CHANGED");
    assertThat(entries(cache)).allMatch(name -> name.endsWith(".lock"));
  }

  @Test
  void aMissingArtifactIsNamed() throws IOException {
    delete(remote.resolve("org/example/two"));

    assertThatThrownBy(() -> artifacts("local").program(lock, ProgressListener.NONE))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContainingAll("1 of 3 files of program-1", "org.example:two:jar:tests:2.0")
        .extracting("code")
        .isEqualTo("ENGINE_ARTIFACTS_UNAVAILABLE");
  }

  @Test
  void aFetchThatIsBrokenOffSaysSoAndLeavesNothingHalfMade() throws IOException {
    Artifacts artifacts = artifacts("local");

    assertThatThrownBy(() -> artifacts.program(lock, line -> artifacts.close()))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("program-1")
        .extracting("code")
        .isEqualTo("ENGINE_CLOSED");
    assertThat(entries(cache)).allMatch(name -> name.endsWith(".lock"));

    assertThat(artifacts("local").program(lock, ProgressListener.NONE).jars()).hasSize(2);
  }

  @Test
  void severalAtOnceShareOneFolder() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<CompletableFuture<Path>> paths = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Artifacts artifacts = artifacts("local" + i);
        paths.add(
            CompletableFuture.supplyAsync(
                () -> artifacts.program(lock, ProgressListener.NONE).path(), threads));
      }
      List<Path> found = new ArrayList<>();
      for (CompletableFuture<Path> path : paths) {
        found.add(path.get(60, TimeUnit.SECONDS));
      }
      assertThat(found).containsOnly(found.get(0));
      assertThat(Stream.of("local0", "local1", "local2", "local3").map(folder::resolve))
          .filteredOn(Files::exists)
          .hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aLockThatIsHeldIsAnErrorInTime() {
    Path file = folder.resolve("x.lock");
    try (FileMutex held = FileMutex.tryAcquire(file).orElseThrow()) {
      assertThatThrownBy(() -> FileMutex.acquire(file, Duration.ofMillis(120), "held by a test"))
          .hasMessageContaining("held by a test")
          .extracting("code")
          .isEqualTo("ENGINE_LOCK_TIMEOUT");
    }
    assertThat(FileMutex.tryAcquire(file)).hasValueSatisfying(FileMutex::close);
  }

  @Test
  void aWaitForALockThatIsBrokenOffSaysSo() {
    Path file = folder.resolve("x.lock");
    try (FileMutex held = FileMutex.tryAcquire(file).orElseThrow()) {
      assertThatThrownBy(
              () -> FileMutex.acquire(file, Duration.ofMinutes(5), "held by a test", () -> true))
          .extracting("code")
          .isEqualTo("ENGINE_CLOSED");
    }
  }

  private Artifacts artifacts(String local) {
    return new Artifacts(
        cache,
        new MavenRepositories(
            () ->
                ContextOverrides.create()
                    .withLocalRepositoryOverride(folder.resolve(local))
                    .repositories(
                        List.of(
                            new RemoteRepository.Builder(
                                    "test", "default", remote.toUri().toString())
                                .build()))));
  }

  private ArtifactLock.Artifact published(String coordinates, byte[] content) throws IOException {
    String[] parts = coordinates.split(":", -1);
    ArtifactLock.Artifact unchecked =
        new ArtifactLock.Artifact(coordinates, content.length, "0".repeat(64));
    Path file =
        remote
            .resolve(parts[0].replace('.', '/'))
            .resolve(parts[1])
            .resolve(parts[parts.length - 1])
            .resolve(unchecked.fileName());
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return new ArtifactLock.Artifact(coordinates, content.length, ProgramFolder.sha256(file));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private byte[] archive() throws IOException {
    Path file = folder.resolve("archive");
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      byte[] content = "inside".getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry("three-3.0/lib/inner.txt");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      TarArchiveEntry link = new TarArchiveEntry("three-3.0/again/link.txt", TarConstants.LF_LINK);
      link.setLinkName("three-3.0/lib/inner.txt");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    return Files.readAllBytes(file);
  }

  private static List<String> entries(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.map(child -> child.getFileName().toString()).toList();
    }
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> walk = Files.walk(path)) {
      for (Path each : walk.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
