// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineLifeContract;
import io.kitsune.engine.EngineSession;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

final class TrinoLifeTest extends EngineLifeContract {
  TrinoLifeTest() {
    super(new TrinoContractStatements());
  }

  @BeforeAll
  static void needsJava() {
    SharedTrino.assumeJava();
  }

  @Override
  protected EngineLauncher launcher(Path home, Duration idle) {
    TrinoSettings.Limits limits =
        new TrinoSettings.Limits(Duration.ofMinutes(5), idle, Duration.ofMinutes(2));
    return new TrinoLauncher(SharedTrino.settings(home, limits));
  }

  @Override
  protected String name() {
    return "Trino";
  }

  @Override
  protected void lookFromOutside(EngineSession session, ProcessHandle process) throws Exception {
    nothingSecretCanBeSeen(process);
    strangersAreKeptOut(process);
  }

  /** Neither in the process list nor in a file that others may read. */
  private void nothingSecretCanBeSeen(ProcessHandle trino) throws Exception {
    Path run = runFolder();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
        .isEqualTo("rwx------");
    String key = Files.readString(run.resolve("token.key"));
    assertThat(key).hasSizeGreaterThan(40);
    assertThat(trino.info().commandLine().orElse("")).doesNotContain(key);
  }

  /** Asks the child's port without the key. */
  private void strangersAreKeptOut(ProcessHandle trino) throws Exception {
    assertThat(trino.isAlive()).isTrue();
    String port =
        Files.readAllLines(runFolder().resolve("config.properties")).stream()
            .filter(line -> line.startsWith("http-server.http.port="))
            .map(line -> line.substring(line.indexOf('=') + 1))
            .findFirst()
            .orElseThrow();
    String guess = "Bearer " + LoopbackToken.random().of("alice");
    assertThat(status(port, Map.of())).isIn(401, 403);
    assertThat(status(port, Map.of("X-Forwarded-Proto", "https"))).isIn(401, 403);
    assertThat(status(port, Map.of("X-Forwarded-Proto", "https", "Authorization", guess)))
        .isIn(401, 403);
    assertThat(status(port, Map.of("Authorization", guess))).isIn(401, 403);
  }

  private static int status(String port, Map<String, String> headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/statement"))
            .header("X-Trino-User", "alice")
            .POST(HttpRequest.BodyPublishers.ofString("SELECT 1"));
    headers.forEach(request::header);
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
