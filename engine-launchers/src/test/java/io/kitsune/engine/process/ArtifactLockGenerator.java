// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResult;

/**
 * Writes a lock file again from its own header, after a version in the header was changed: {@code #
 * tree} lines are resolved with what they need at run time, less the {@code # without} ones; {@code
 * # alone} lines are taken by themselves. Run it by {@code mvn -pl engine-launchers test-compile
 * exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=io.kitsune.engine.process.ArtifactLockGenerator -Dexec.args=FILE}.
 */
final class ArtifactLockGenerator {
  private ArtifactLockGenerator() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    List<String> header =
        Files.readAllLines(file).stream().filter(line -> line.startsWith("#")).toList();
    List<String> lines = new ArrayList<>(header);
    try (Context context =
        Runtimes.INSTANCE
            .getRuntime()
            .create(ContextOverrides.create().withUserSettings(true).build())) {
      List<Artifact> artifacts = new ArrayList<>(trees(context, header));
      for (String alone : marked(header, "# alone ")) {
        artifacts.add(alone(context, alone));
      }
      for (Artifact artifact : artifacts) {
        lines.add(line(artifact));
      }
    }
    Files.write(file, lines);
  }

  private static List<Artifact> trees(Context context, List<String> header) throws Exception {
    CollectRequest collect = new CollectRequest();
    collect.setRepositories(context.remoteRepositories());
    List<Exclusion> exclusions =
        marked(header, "# without ").stream()
            .map(text -> text.split(":", -1))
            .map(parts -> new Exclusion(parts[0], parts[1], "*", "*"))
            .toList();
    for (String root : marked(header, "# tree ")) {
      collect.addDependency(
          new Dependency(new DefaultArtifact(root), "runtime", false, exclusions));
    }
    if (collect.getDependencies().isEmpty()) {
      return List.of();
    }
    DependencyResult result =
        context
            .repositorySystem()
            .resolveDependencies(
                context.repositorySystemSession(), new DependencyRequest(collect, null));
    return result.getArtifactResults().stream().map(resolved -> resolved.getArtifact()).toList();
  }

  private static Artifact alone(Context context, String coordinates) throws Exception {
    ArtifactRequest request =
        new ArtifactRequest(
            new DefaultArtifact(coordinates), context.remoteRepositories(), "kitsune");
    return context
        .repositorySystem()
        .resolveArtifact(context.repositorySystemSession(), request)
        .getArtifact();
  }

  private static List<String> marked(List<String> header, String mark) {
    return header.stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()).strip())
        .toList();
  }

  private static String line(Artifact artifact) throws Exception {
    Path file = artifact.getFile().toPath();
    String classifier = artifact.getClassifier().isEmpty() ? "" : ":" + artifact.getClassifier();
    return "%s:%s:%s%s:%s %d %s"
        .formatted(
            artifact.getGroupId(),
            artifact.getArtifactId(),
            artifact.getExtension(),
            classifier,
            artifact.getVersion(),
            Files.size(file),
            ProgramFolder.sha256(file));
  }
}
