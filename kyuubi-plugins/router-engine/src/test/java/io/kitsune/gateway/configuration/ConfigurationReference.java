// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import java.util.ArrayList;
import java.util.List;

/** Writes what the declarations say for those who read files: an example file and a page. */
final class ConfigurationReference {
  private static final int WIDTH = 100;

  private ConfigurationReference() {}

  /** {@code conf/kitsune.properties}: every key commented, with its default. */
  static String properties() {
    List<String> lines = new ArrayList<>();
    lines.add("# SPDX-License-Identifier: Apache-2.0");
    lines.add("# Generated from the declarations in io.kitsune.gateway.configuration.");
    lines.add("#");
    comment(
        lines,
        "Every key with its default; take the # away to set one. A key without a value is as if it"
            + " were not there. A wrong key or value keeps the gateway from starting, with file, line"
            + " and key in the error. Credentials stand elsewhere: env:NAME or file:/absolute/path."
            + " The text is UTF-8; \\ at the end of a line continues it on the next.");
    for (KeyGroup group : DeclaredKeys.groups()) {
      lines.add("");
      heading(lines, group.name() + ".*", group.description());
      for (DeclaredKey key : group.keys()) {
        lines.add("");
        comment(lines, key.description() + " (" + remarks(key) + ")");
        lines.add("#" + key.name() + "=" + key.defaultText());
      }
    }
    for (KeyFamily family : KeyFamily.ALL) {
      lines.add("");
      heading(lines, family.pattern(), family.description());
      lines.add("");
      family.examples().forEach(example -> lines.add("#" + example));
    }
    return String.join("\n", lines) + "\n";
  }

  /** {@code docs/configuration.md}. */
  static String page() {
    List<String> lines = new ArrayList<>();
    lines.add("<!-- SPDX-License-Identifier: Apache-2.0 -->");
    lines.add("<!-- Generated from the declarations in io.kitsune.gateway.configuration. -->");
    lines.add("# Configuration");
    lines.add("");
    lines.add(
        "`conf/kitsune.properties`, or the file named by `--config`, in UTF-8. A wrong key, type or"
            + " value keeps the gateway from starting; the error names file, line and key of"
            + " everything that is wrong. A key without a value is as if it were not there. Values"
            + " mean what they say: nothing in them is expanded.");
    lines.add("");
    lines.add(
        "Credentials never stand in the file: `env:NAME` and `file:/absolute/path` say where they"
            + " are. Keys marked *per session* can also be set by users, with `SET key=value` or in a"
            + " connection's URL.");
    for (KeyGroup group : DeclaredKeys.groups()) {
      lines.add("");
      lines.add("## `" + group.name() + ".*`");
      lines.add("");
      lines.add(group.description());
      lines.add("");
      lines.add("| key | default | value | meaning |");
      lines.add("|---|---|---|---|");
      for (DeclaredKey key : group.keys()) {
        lines.add(
            "| `%s` | %s | %s | %s%s |"
                .formatted(
                    key.name(),
                    key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`",
                    key.type().wanted(),
                    key.description(),
                    key.perSession() ? " *Per session.*" : ""));
      }
    }
    for (KeyFamily family : KeyFamily.ALL) {
      lines.add("");
      lines.add("## `" + family.pattern() + "`");
      lines.add("");
      lines.add(family.description());
      lines.add("");
      lines.add("```properties");
      lines.addAll(family.examples());
      lines.add("```");
    }
    return String.join("\n", lines) + "\n";
  }

  private static String remarks(DeclaredKey key) {
    return key.type().wanted() + (key.perSession() ? "; per session" : "");
  }

  private static void heading(List<String> lines, String name, String description) {
    lines.add("#".repeat(WIDTH));
    lines.add("# " + name);
    comment(lines, description);
  }

  private static void comment(List<String> lines, String text) {
    StringBuilder line = new StringBuilder("#");
    for (String word : text.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
  }
}
