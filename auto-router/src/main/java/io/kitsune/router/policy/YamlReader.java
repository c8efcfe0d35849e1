// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file as nodes that know where they stand. No object is made of it, so that no tag can ask
 * for one; aliases are not taken, which could make a small file a large one.
 */
final class YamlReader {
  private static final long LARGEST = 4L << 20;

  private final Path file;

  YamlReader(Path file) {
    this.file = file;
  }

  /** The document's root. */
  Node root() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(20);
    options.setCodePointLimit((int) LARGEST);
    try {
      if (Files.size(file) > LARGEST) {
        throw unreadable("it is larger than 4 MiB", null);
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      Node root = new Yaml(options).compose(new java.io.StringReader(text));
      if (root == null) {
        throw unreadable("it is empty", null);
      }
      return root;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      throw invalid(
          mark == null ? 0 : mark.getLine() + 1,
          mark == null ? 0 : mark.getColumn() + 1,
          "this is no YAML: " + e.getProblem(),
          e);
    } catch (YAMLException | IOException e) {
      throw unreadable(e.toString(), e);
    }
  }

  /** The entries of a mapping, of which only some keys may be there, each once. */
  Map<String, Node> mapping(Node node, Set<String> keys) {
    Map<String, Node> entries = anyMapping(node);
    ((MappingNode) node)
        .getValue()
        .forEach(
            entry -> {
              String key = ((ScalarNode) entry.getKeyNode()).getValue();
              if (!keys.contains(key)) {
                throw invalid(
                    entry.getKeyNode(),
                    "there is no key %s here; there are %s"
                        .formatted(key, keys.stream().sorted().toList()));
              }
            });
    return entries;
  }

  /** The entries of a mapping with keys of the operator's own. */
  Map<String, Node> anyMapping(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw invalid(node, "keys with values have to stand here");
    }
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw invalid(entry.getKeyNode(), "a key is a text");
      }
      if (entries.put(key.getValue(), entry.getValueNode()) != null) {
        throw invalid(key, "the key %s stands here twice".formatted(key.getValue()));
      }
    }
    return entries;
  }

  List<Node> sequence(Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw invalid(node, "a list has to stand here");
  }

  String text(Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw invalid(node, "a text has to stand here");
  }

  /** A key's value, which has to be there. */
  Node required(Map<String, Node> entries, String key, Node of) {
    Node value = entries.get(key);
    if (value == null) {
      throw invalid(of, "the key %s is missing here".formatted(key));
    }
    return value;
  }

  String place(Node node) {
    return file.getFileName() + ":" + (node.getStartMark().getLine() + 1);
  }

  KitsuneException invalid(Node node, String problem) {
    Mark mark = node.getStartMark();
    return invalid(mark.getLine() + 1, mark.getColumn() + 1, problem, null);
  }

  /** A mistake within a text that the node holds. */
  KitsuneException invalid(Node node, ConditionError error) {
    Mark mark = node.getStartMark();
    ScalarStyle style = ((ScalarNode) node).getScalarStyle();
    boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
    boolean oneLine = mark.getLine() == node.getEndMark().getLine();
    if (oneLine && !block) {
      int quote = style == ScalarStyle.PLAIN ? 0 : 1;
      return invalid(
          mark.getLine() + 1, mark.getColumn() + quote + error.column(), error.getMessage(), error);
    }
    // YAML folds lines and cuts indents: the place in the text is told by itself.
    return invalid(
        mark.getLine() + 1,
        mark.getColumn() + 1,
        "%s (character %d of line %d of the condition)"
            .formatted(error.getMessage(), error.column(), error.line()),
        error);
  }

  private KitsuneException invalid(int line, int column, String problem, Exception cause) {
    return new KitsuneException(
        "POLICY_INVALID",
        "F0000",
        "%s, line %d, column %d: %s".formatted(file, line, column, problem),
        cause);
  }

  private KitsuneException unreadable(String why, Exception cause) {
    return new KitsuneException(
        "CONFIG_FILE_UNREADABLE",
        "F0000",
        "the policy %s cannot be read: %s".formatted(file, why),
        cause);
  }
}
