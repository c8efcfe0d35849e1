// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.process.ChildJar;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.engine.process.FileMutex;
import io.kitsune.engine.process.JavaInstallation;
import io.kitsune.engine.process.JvmProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a small program in place of Trino; see {@link TrinoAotCacheTest} for that. */
@Timeout(300)
final class AotCacheTest {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final List<String> OPTIONS = List.of("-Xmx64m", "-XX:+UseSerialGC");

  @TempDir private Path folder;
  private JavaInstallation java;
  private Path caches;
  private Path jar;

  @BeforeEach
  void program() throws IOException {
    SharedTrino.assumeJava();
    java = JavaInstallation.first(SharedTrino.javaHomes(), TrinoProgram.LEAST_JAVA).orElseThrow();
    caches = folder.resolve("aot-cache");
    jar = folder.resolve("waits.jar");
    String entry = Waits.class.getName().replace('.', '/') + ".class";
    try (InputStream in = AotCacheTest.class.getClassLoader().getResourceAsStream(entry);
        OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry(entry));
      in.transferTo(out);
      out.closeEntry();
    }
  }

  @Test
  void itIsMadeWhileTheFirstRunGoesOnAndUsedByTheNext() throws Exception {
    AotCache cache = open(OPTIONS);
    assertThat(cache.present()).isFalse();
    make(cache, () -> true);
    assertThat(cache.present()).isTrue();
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.file().getParent())))
        .isEqualTo("rwx------");
    assertThat(cache.file().getParent()).isDirectoryNotContaining("glob:**unfinished*");

    assertThat(open(OPTIONS).present()).isTrue();
    assertThat(run(cache)).anyMatch(AotCacheTest::fromCache);
  }

  @Test
  void aDamagedOrForeignOneIsNotUsedAndStopsNothing() throws Exception {
    AotCache cache = open(OPTIONS);
    make(cache, () -> true);
    byte[] good = Files.readAllBytes(cache.file());
    byte[] bad = good.clone();
    // A page of the classes themselves, far behind the header.
    for (int i = good.length / 2; i < good.length / 2 + 4_096; i++) {
      bad[i] ^= 0x55;
    }
    for (byte[] content :
        List.of(bad, new byte[0], new byte[100_000], Arrays.copyOf(good, good.length / 3))) {
      Files.write(cache.file(), content);
      assertThat(run(cache)).contains("ready").noneMatch(AotCacheTest::fromCache);
    }
    Files.write(cache.file(), good);
    assertThat(run(cache)).anyMatch(AotCacheTest::fromCache);
  }

  @Test
  void whatMattersToItIsInItsNameAndTheLeastLatelyUsedGoes() throws Exception {
    Path first = open(OPTIONS).file().getParent();
    assertThat(open(OPTIONS).file().getParent()).isEqualTo(first);
    AotCache second = open(List.of("-Xmx65m", "-XX:+UseSerialGC"));
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
    AotCache third = open(OPTIONS);
    assertThat(Stream.of(first, second.file().getParent(), third.file().getParent()).distinct())
        .hasSize(3);
    Files.setLastModifiedTime(first, FileTime.fromMillis(1));

    Path made = Files.writeString(second.unfinished(), "made");
    second.publish(made);

    assertThat(first).doesNotExist();
    assertThat(second.file()).hasContent("made");
    assertThat(ChildJar.in(third.file().getParent())).exists();
    second.discard();
    assertThat(second.present()).isFalse();
  }

  @Test
  void itWaitsForQuietAndIsBrokenOffAtTheEnd() throws Exception {
    AotCache cache = open(OPTIONS);
    AtomicInteger asked = new AtomicInteger();
    AtomicBoolean quiet = new AtomicBoolean();
    Path left = Files.writeString(cache.unfinished(), "left by a killed gateway");
    try (ChildProcess child = start(cache, new AtomicReference<>())) {
      AotCacheWriter writer =
          new AotCacheWriter(
              Duration.ofMillis(10),
              () -> {
                asked.incrementAndGet();
                return quiet.get();
              });
      try (writer) {
        // Its maker never ends by itself.
        writer.makeLater(
            new AotCacheWriter.Task(
                cache,
                child,
                list(folder),
                UnaryOperator.identity(),
                file -> waits(OPTIONS, cache)));
        await().atMost(SOON).until(() -> asked.get() > 2);
        assertThat(left).exists();
        quiet.set(true);
        await().atMost(SOON).until(() -> !Files.exists(left));
      }
      assertThat(cache.present()).isFalse();
      await().atMost(SOON).until(() -> isFree(cache));
    }
  }

  @Test
  void aListIsTakenWithoutItsUnfinishedLineAndWithoutLinksThatGo() {
    String list = "a id: 1\nb id: 2 super: 1 source: /run/plugin/lake/hdfs/x.jar\nc id: 3 sup";

    assertThat(
            PluginFolder.withoutLinks(
                AotCacheWriter.wholeLines(list), Path.of("/trino/plugin"), Path.of("/run/plugin")))
        .isEqualTo("a id: 1\nb id: 2 super: 1 source: /trino/plugin/iceberg/hdfs/x.jar\n");
    assertThat(AotCacheWriter.wholeLines("")).isEmpty();
  }

  private static boolean isFree(AotCache cache) {
    Optional<FileMutex> lock = cache.tryLock();
    lock.ifPresent(FileMutex::close);
    return lock.isPresent();
  }

  private AotCache open(List<String> options) throws IOException {
    return AotCache.open(caches, java, options, List.of(jar.toString()));
  }

  /** Runs the program without a cache until its cache is there. */
  private void make(AotCache cache, BooleanSupplier quiet) throws Exception {
    AtomicReference<Path> run = new AtomicReference<>();
    try (AotCacheWriter writer = new AotCacheWriter(Duration.ofMillis(10), quiet);
        ChildProcess child = start(cache, run)) {
      writer.makeLater(
          new AotCacheWriter.Task(
              cache,
              child,
              run.get().resolve(AotCache.LIST),
              UnaryOperator.identity(),
              file -> {
                List<String> options = new ArrayList<>(OPTIONS);
                options.addAll(AotCache.makeOptions(file));
                return waits(options, cache);
              }));
      await().atMost(SOON).until(cache::present);
      assertThat(child.alive()).isTrue();
    }
  }

  private Path list(Path place) throws IOException {
    return Files.writeString(place.resolve("some.list"), "java/lang/Object id: 0\n");
  }

  /** What the program says of its start and its classes. */
  private List<String> run(AotCache cache) {
    List<String> options = new ArrayList<>(OPTIONS);
    options.add("-Xlog:class+load:file=" + JvmProgram.RUN_FOLDER + "/../../loaded.txt");
    options.addAll(cache.startOptions());
    try (ChildProcess child = ChildProcess.start(waits(options, cache))) {
      child.awaitReady(SOON, () -> child.lastLines().contains("ready"));
      List<String> lines = new ArrayList<>(child.lastLines());
      lines.addAll(Files.readAllLines(folder.resolve("loaded.txt")));
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Java's own classes come from a file of Java's own where this one is not used. */
  private static boolean fromCache(String line) {
    return line.contains(Waits.class.getName()) && line.contains("source: shared objects file");
  }

  private ChildProcess start(AotCache cache, AtomicReference<Path> run) {
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(cache.startOptions());
    ChildProcess child = ChildProcess.start(waits(options, cache), run::set);
    child.awaitReady(SOON, () -> child.lastLines().contains("ready"));
    return child;
  }

  private JvmProgram waits(List<String> options, AotCache cache) {
    return new JvmProgram(
        "waits",
        java.home(),
        options,
        cache.classPath(List.of(jar.toString())),
        List.of(),
        Waits.class.getName(),
        List.of(),
        Map.of(),
        folder.resolve("runs"),
        folder.resolve("waits.log"));
  }

  /** The program. */
  public static final class Waits {
    private Waits() {}

    public static void main(String[] arguments) throws InterruptedException {
      System.out.println("ready");
      new CountDownLatch(1).await();
    }
  }
}
