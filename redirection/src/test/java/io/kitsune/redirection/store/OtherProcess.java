// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import io.kitsune.catalog.TableName;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.store.StoreLocation.EmbeddedFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A second gateway in a process of its own: it answers each line on its input with one line. */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter questions;

  private OtherProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  static OtherProcess start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    OtherProcess other = new OtherProcess(process);
    other.readAnswer();
    return other;
  }

  String ask(String question) throws IOException {
    questions.println(question);
    return readAnswer();
  }

  /** Ends it as kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  /** Lets it close its store and end. */
  void stop() throws InterruptedException {
    questions.close();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  private String readAnswer() throws IOException {
    String answer;
    do {
      answer = answers.readLine();
      if (answer == null) {
        throw new IOException("the other process ended");
      }
    } while (!answer.startsWith("> "));
    return answer.substring(2);
  }

  public static void main(String[] arguments) throws IOException {
    try (RedirectionStore store = RedirectionStore.open(new EmbeddedFile(Path.of(arguments[0])));
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println("> ready");
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        String[] words = line.split(" ");
        switch (words[0]) {
          case "add" -> store.add(name(words[1]), name(words[2]), Phase.PLANNED, "other");
          case "phase" -> {}
          default -> throw new IllegalArgumentException(line);
        }
        System.out.println(
            "> "
                + store
                    .current()
                    .find(name(words[1]))
                    .map(redirection -> redirection.phase().id())
                    .orElse("none"));
      }
    }
  }

  private static TableName name(String text) {
    String[] parts = text.split("\\.");
    return TableName.of(parts[0], parts[1], parts[2]);
  }
}
