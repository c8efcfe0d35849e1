// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.assembly.PartChecks;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.doctor.Finding;
import io.kitsune.gateway.doctor.Finding.State;
import io.kitsune.gateway.doctor.MachineChecks;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kitsune doctor}: what may keep a gateway from working here. */
@Command(
    name = "doctor",
    description =
        "Checks Java, folders, disk space, port, authentication, ZooKeeper, redirections, catalogs and engines, and says what to do. Needs no running server and starts none.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LakeOptions lake;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description =
          "How findings are printed: ${COMPLETION-CANDIDATES} (default: text; json is an object a line).")
  private Output output = Output.TEXT;

  /** How findings are printed. */
  enum Output {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() throws IOException {
    List<Finding> findings = findings();
    if (output == Output.JSON) {
      printJson(findings, spec.commandLine().getOut());
    } else {
      printText(findings, spec.commandLine().getOut());
    }
    return findings.stream().anyMatch(finding -> finding.state() == State.BAD)
        ? ExitCode.FAILED
        : ExitCode.OK;
  }

  private List<Finding> findings() {
    KitsuneConfiguration configuration;
    try {
      configuration = lake.load(Map.of("kitsune.spark.start", "on-demand"));
    } catch (KitsuneException e) {
      return List.of(Finding.bad("configuration", e));
    }
    // What is logged of a part that fails is among the findings.
    Logging.start(configuration.home(), Logging.Console.OFF);
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.good("configuration", lake.source()));
    findings.addAll(new MachineChecks(configuration).run());
    if (findings.stream()
        .noneMatch(f -> f.state() == State.BAD && f.subject().equals("kitsune.home"))) {
      findings.addAll(new PartChecks(configuration).run());
    }
    return findings;
  }

  private static void printText(List<Finding> findings, PrintWriter out) {
    for (Finding finding : findings) {
      String state =
          switch (finding.state()) {
            case GOOD -> "@|green ok  |@";
            case NOTE -> "@|yellow note|@";
            case BAD -> "@|red,bold BAD |@";
          };
      out.println(
          Ansi.AUTO.string(state)
              + String.format(Locale.ROOT, "  %-30s  %s", finding.subject(), finding.fact()));
      if (!finding.advice().isEmpty()) {
        out.println("        -> " + finding.advice());
      }
    }
    out.flush();
  }

  private static void printJson(List<Finding> findings, PrintWriter out) throws IOException {
    JsonFactory factory =
        new JsonFactoryBuilder()
            .rootValueSeparator("\n")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();
    try (JsonGenerator json = factory.createGenerator(out)) {
      for (Finding finding : findings) {
        json.writeStartObject();
        json.writeStringField("state", finding.state().name().toLowerCase(Locale.ROOT));
        json.writeStringField("subject", finding.subject());
        json.writeStringField("fact", finding.fact());
        json.writeStringField("advice", finding.advice());
        json.writeEndObject();
      }
    }
    out.println();
    out.flush();
  }
}
