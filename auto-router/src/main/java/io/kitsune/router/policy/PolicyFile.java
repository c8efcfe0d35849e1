// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import io.kitsune.router.Engine;
import io.kitsune.router.policy.Rule.Action;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a policy's file: {@code version}, {@code rules}, and what holds for {@code users} and
 * {@code groups} whatever they ask, which become rules behind the others: prohibitions, then
 * preferences of users, then of groups.
 */
final class PolicyFile {
  private static final String VERSION = "1";

  private final YamlReader yaml;
  private final Groups groups;
  private final Set<String> names = new HashSet<>();

  private PolicyFile(YamlReader yaml, Groups groups) {
    this.yaml = yaml;
    this.groups = groups;
  }

  static List<Rule> read(Path file, Groups groups) {
    YamlReader yaml = new YamlReader(file);
    return new PolicyFile(yaml, groups).rules(yaml.root());
  }

  private List<Rule> rules(Node root) {
    Map<String, Node> parts = yaml.mapping(root, Set.of("version", "rules", "users", "groups"));
    Node version = yaml.required(parts, "version", root);
    if (!yaml.text(version).equals(VERSION)) {
      throw yaml.invalid(version, "this Kitsune reads version 1");
    }
    List<Rule> rules = new ArrayList<>();
    if (parts.containsKey("rules")) {
      yaml.sequence(parts.get("rules")).forEach(node -> rules.add(rule(node)));
    }
    List<Rule> preferences = new ArrayList<>();
    for (Holder holder : Holder.values()) {
      Node section = parts.get(holder.section);
      if (section != null) {
        yaml.anyMapping(section)
            .forEach((name, node) -> standing(holder, name, node, rules, preferences));
      }
    }
    rules.addAll(preferences);
    return rules;
  }

  private Rule rule(Node node) {
    Map<String, Node> keys = yaml.mapping(node, Set.of("name", "when", "then", "because"));
    String name = unique(yaml.required(keys, "name", node));
    Node when = yaml.required(keys, "when", node);
    Condition condition;
    try {
      condition = ConditionReader.read(yaml.text(when));
    } catch (ConditionError e) {
      throw yaml.invalid(when, e);
    }
    return new Rule(
        name,
        condition,
        action(yaml.required(keys, "then", node)),
        yaml.text(yaml.required(keys, "because", node)),
        yaml.place(node));
  }

  private String unique(Node node) {
    String name = yaml.text(node);
    if (!names.add(name)) {
      throw yaml.invalid(node, "another rule is called '%s' too".formatted(name));
    }
    return name;
  }

  private Action action(Node node) {
    List<String> words = List.of(yaml.text(node).strip().split(" +"));
    String verb = words.get(0).toLowerCase(Locale.ROOT);
    if (verb.equals("reject") && words.size() == 1) {
      return new Action.Reject();
    }
    Optional<Engine> engine = words.size() == 2 ? engine(words.get(1)) : Optional.empty();
    if (engine.isPresent()) {
      switch (verb) {
        case "prefer" -> {
          return new Action.Prefer(engine.get());
        }
        case "require" -> {
          return new Action.Require(engine.get());
        }
        case "forbid" -> {
          return new Action.Forbid(engine.get());
        }
        default -> {}
      }
    }
    throw yaml.invalid(node, "write reject, or prefer, require or forbid and one of " + engines());
  }

  /** What holds for a user or a group. */
  private void standing(
      Holder holder, String name, Node node, List<Rule> rules, List<Rule> preferences) {
    if (holder == Holder.GROUP && !groups.has(name)) {
      throw yaml.invalid(
          node, "there is no group %s: set kitsune.groups.%s to its members".formatted(name, name));
    }
    Map<String, Node> keys = yaml.mapping(node, Set.of("prefer", "forbid", "because"));
    String because = yaml.text(yaml.required(keys, "because", node));
    Condition when = holder.condition(name);
    String title = holder.word + " " + name;
    if (!keys.containsKey("prefer") && !keys.containsKey("forbid")) {
      throw yaml.invalid(node, "prefer or forbid is missing here");
    }
    if (keys.containsKey("forbid")) {
      for (Node engine : yaml.sequence(keys.get("forbid"))) {
        Action action = new Action.Forbid(named(engine));
        rules.add(
            new Rule(title + ": " + action.text(), when, action, because, yaml.place(engine)));
      }
    }
    if (keys.containsKey("prefer")) {
      Action action = new Action.Prefer(named(keys.get("prefer")));
      preferences.add(
          new Rule(
              title + ": " + action.text(), when, action, because, yaml.place(keys.get("prefer"))));
    }
  }

  private Engine named(Node node) {
    return engine(yaml.text(node))
        .orElseThrow(() -> yaml.invalid(node, "an engine is one of " + engines()));
  }

  private static Optional<Engine> engine(String text) {
    return Engine.parse(text).filter(engine -> engine != Engine.GATEWAY);
  }

  private static String engines() {
    return Arrays.stream(Engine.values())
        .filter(engine -> engine != Engine.GATEWAY)
        .map(Engine::id)
        .collect(Collectors.joining(", "));
  }

  /** Whom standing orders are for; users before groups. */
  private enum Holder {
    USER("users", "user") {
      @Override
      Condition condition(String name) {
        return new Condition.IsOneOf((Fact.Textual) Fact.find("user").orElseThrow(), List.of(name));
      }
    },
    GROUP("groups", "group") {
      @Override
      Condition condition(String name) {
        return new Condition.Contains((Fact.Several) Fact.find("groups").orElseThrow(), name);
      }
    };

    private final String section;
    private final String word;

    Holder(String section, String word) {
      this.section = section;
      this.word = word;
    }

    abstract Condition condition(String name);
  }
}
