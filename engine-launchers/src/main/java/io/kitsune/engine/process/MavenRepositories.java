// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import io.kitsune.engine.ProgressListener;
import io.kitsune.error.KitsuneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalRepositoryManager;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;

/**
 * Fetches locked artifacts as Maven would: the user's settings (mirrors, proxies, credentials), the
 * user's local repository, several downloads at a time.
 */
final class MavenRepositories {
  /** Resolver's keys; milliseconds. A mirror that says nothing for so long is given up. */
  private static final Map<String, Object> LIMITS =
      Map.of("aether.connector.connectTimeout", 10_000, "aether.connector.requestTimeout", 60_000);

  private final Supplier<ContextOverrides.Builder> settings;

  MavenRepositories(Supplier<ContextOverrides.Builder> settings) {
    this.settings = settings;
  }

  /** The user's own settings and local repository. */
  static MavenRepositories ofUser() {
    return new MavenRepositories(() -> ContextOverrides.create().withUserSettings(true));
  }

  /**
   * The files, in the lock's order.
   *
   * @param abandoned true once nobody wants them any more
   * @throws KitsuneException {@code ENGINE_ARTIFACTS_UNAVAILABLE} naming the first that is missing,
   *     {@code ENGINE_CLOSED} if it was abandoned
   */
  Map<ArtifactLock.Artifact, Path> fetch(
      ArtifactLock lock, ProgressListener listener, BooleanSupplier abandoned) {
    DownloadProgress progress =
        new DownloadProgress(lock.name(), lock.bytes(), listener, abandoned);
    ContextOverrides overrides =
        settings.get().configProperties(LIMITS).transferListener(progress).build();
    try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides)) {
      progress.present(presentBytes(context, lock));
      return fetch(context, lock);
    } catch (KitsuneException e) {
      if (abandoned.getAsBoolean()) {
        throw new KitsuneException(
            "ENGINE_CLOSED",
            "57P01",
            "The gateway is stopping; the next one goes on fetching %s.".formatted(lock.name()),
            e);
      }
      throw e;
    }
  }

  private static Map<ArtifactLock.Artifact, Path> fetch(Context context, ArtifactLock lock) {
    List<ArtifactRequest> requests = new ArrayList<>();
    for (ArtifactLock.Artifact artifact : lock.artifacts()) {
      requests.add(
          new ArtifactRequest(
              new DefaultArtifact(artifact.coordinates()),
              context.remoteRepositories(),
              "kitsune"));
    }
    try {
      List<ArtifactResult> results =
          context.repositorySystem().resolveArtifacts(context.repositorySystemSession(), requests);
      Map<ArtifactLock.Artifact, Path> files = new LinkedHashMap<>();
      for (int i = 0; i < results.size(); i++) {
        files.put(lock.artifacts().get(i), results.get(i).getArtifact().getFile().toPath());
      }
      return files;
    } catch (ArtifactResolutionException e) {
      throw unavailable(lock, e);
    }
  }

  private static long presentBytes(Context context, ArtifactLock lock) {
    LocalRepositoryManager local = context.repositorySystemSession().getLocalRepositoryManager();
    Path base = local.getRepository().getBasedir().toPath();
    long bytes = 0;
    for (ArtifactLock.Artifact artifact : lock.artifacts()) {
      String path = local.getPathForLocalArtifact(new DefaultArtifact(artifact.coordinates()));
      if (Files.exists(base.resolve(path))) {
        bytes += artifact.bytes();
      }
    }
    return bytes;
  }

  private static KitsuneException unavailable(ArtifactLock lock, ArtifactResolutionException e) {
    List<String> missing =
        e.getResults().stream()
            .filter(result -> !result.isResolved())
            .map(result -> result.getRequest().getArtifact().toString())
            .toList();
    return new KitsuneException(
        "ENGINE_ARTIFACTS_UNAVAILABLE",
        "58030",
        "%d of %d files of %s can't be fetched, %s first: %s. Check the network and the mirrors in the Maven settings.xml, then try again."
            .formatted(
                missing.size(),
                lock.artifacts().size(),
                lock.name(),
                missing.isEmpty() ? "the" : missing.get(0),
                e.getMessage()),
        e);
  }
}
