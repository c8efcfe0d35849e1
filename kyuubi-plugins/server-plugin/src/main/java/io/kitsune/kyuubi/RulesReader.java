// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads rules: one of these on each line, the rest of a line behind {@code #} being a comment.
 *
 * <pre>
 * subdomain NAME
 * group NAME = USER, USER
 * route|keep [if CONDITION [and CONDITION]...]
 *
 * CONDITION: [not] user USER, USER | [not] group NAME, NAME | [not] client NETWORK, NETWORK | [not] asked
 * </pre>
 *
 * <p>Nothing else is accepted, so that a slip is an error and not a rule of another meaning.
 */
final class RulesReader {
  private static final int LONGEST_SUBDOMAIN = 128;

  private final Map<String, Set<String>> groups = new HashMap<>();
  private final List<Rule> rules = new ArrayList<>();
  private String subdomain = "";

  private RulesReader() {}

  /**
   * Reads a file's text.
   *
   * @throws IllegalArgumentException naming the first line that is wrong
   */
  static Rules read(String text) {
    RulesReader reader = new RulesReader();
    String[] lines = text.split("\n", -1);
    // Groups first: a rule may name one that is defined below it.
    for (Pass pass : Pass.values()) {
      for (int i = 0; i < lines.length; i++) {
        List<String> words = words(lines[i]);
        if (!words.isEmpty()) {
          try {
            reader.line(words, pass);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
          }
        }
      }
    }
    return new Rules(
        reader.subdomain.isEmpty() ? Rules.USUAL_SUBDOMAIN : reader.subdomain,
        Collections.unmodifiableList(reader.rules));
  }

  private enum Pass {
    DEFINITIONS,
    RULES
  }

  /** The words of a line, commas and equals signs as words of their own. */
  private static List<String> words(String line) {
    int comment = line.indexOf('#');
    String text = comment < 0 ? line : line.substring(0, comment);
    String spaced = text.replace(",", " , ").replace("=", " = ").trim();
    return spaced.isEmpty() ? Collections.<String>emptyList() : Arrays.asList(spaced.split("\\s+"));
  }

  private void line(List<String> words, Pass pass) {
    String first = words.get(0);
    List<String> rest = words.subList(1, words.size());
    boolean rule = first.equals("route") || first.equals("keep");
    if (rule != (pass == Pass.RULES)) {
      if (!rule && !first.equals("group") && !first.equals("subdomain")) {
        throw unexpected(first);
      }
      return;
    }
    switch (first) {
      case "route":
        rules.add(new Rule(Rule.Action.ROUTE, conditions(rest)));
        return;
      case "keep":
        rules.add(new Rule(Rule.Action.KEEP, conditions(rest)));
        return;
      case "group":
        group(rest);
        return;
      case "subdomain":
        subdomain(rest);
        return;
      default:
        throw unexpected(first);
    }
  }

  private static IllegalArgumentException unexpected(String word) {
    return new IllegalArgumentException(
        "a line begins with route, keep, group or subdomain, not with '" + word + "'");
  }

  private void subdomain(List<String> words) {
    if (words.size() != 1 || !subdomain.isEmpty()) {
      throw new IllegalArgumentException("write 'subdomain NAME', once");
    }
    String name = words.get(0);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      // Kyuubi makes it lower-case before it looks there.
      boolean fits = c == '-' || c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
      if (!fits || name.length() > LONGEST_SUBDOMAIN) {
        throw new IllegalArgumentException(
            "the subdomain '" + name + "' must be lower-case letters, digits, - and _");
      }
    }
    subdomain = name;
  }

  private void group(List<String> words) {
    if (words.size() < 3 || !words.get(1).equals("=")) {
      throw new IllegalArgumentException("write 'group NAME = USER, USER'");
    }
    Set<String> members = new HashSet<>(list(words.subList(2, words.size()), "users"));
    if (groups.put(words.get(0), members) != null) {
      throw new IllegalArgumentException("there is a group '" + words.get(0) + "' already");
    }
  }

  private List<Condition> conditions(List<String> words) {
    if (words.isEmpty()) {
      return Collections.emptyList();
    }
    if (!words.get(0).equals("if")) {
      throw new IllegalArgumentException(
          "after route or keep comes 'if' or nothing, not '" + words.get(0) + "'");
    }
    List<Condition> conditions = new ArrayList<>();
    int from = 1;
    for (int i = 1; i <= words.size(); i++) {
      if (i == words.size() || words.get(i).equals("and")) {
        conditions.add(condition(words.subList(from, i)));
        from = i + 1;
      }
    }
    return Collections.unmodifiableList(conditions);
  }

  private Condition condition(List<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a condition is missing after 'if' or 'and'");
    }
    List<String> rest = words.subList(1, words.size());
    switch (words.get(0)) {
      case "not":
        if (!rest.isEmpty() && rest.get(0).equals("not")) {
          throw new IllegalArgumentException("'not not' says nothing");
        }
        return condition(rest).negated();
      case "asked":
        if (!rest.isEmpty()) {
          throw new IllegalArgumentException(
              "'asked' stands alone; there is '" + rest.get(0) + "' behind it");
        }
        return Condition.asked();
      case "user":
        return Condition.user(new HashSet<>(list(rest, "users")));
      case "group":
        return Condition.user(members(list(rest, "groups")));
      case "client":
        List<Network> networks = new ArrayList<>();
        for (String network : list(rest, "addresses or networks")) {
          networks.add(Network.parse(network));
        }
        return Condition.client(networks);
      default:
        throw new IllegalArgumentException(
            "a condition is user, group, client or asked, not '" + words.get(0) + "'");
    }
  }

  private Set<String> members(List<String> names) {
    Set<String> members = new HashSet<>();
    for (String name : names) {
      Set<String> group = groups.get(name);
      if (group == null) {
        throw new IllegalArgumentException("there is no group '" + name + "' in this file");
      }
      members.addAll(group);
    }
    return members;
  }

  /** Words with commas between. */
  private static List<String> list(List<String> words, String what) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean comma = words.get(i).equals(",");
      if (comma != (i % 2 == 1) || words.get(i).equals("=")) {
        throw new IllegalArgumentException(
            what + " are written with commas between, without any other sign");
      }
      if (!comma) {
        items.add(words.get(i));
      }
    }
    if (words.size() % 2 == 0) {
      throw new IllegalArgumentException(what + " are missing");
    }
    return items;
  }
}
