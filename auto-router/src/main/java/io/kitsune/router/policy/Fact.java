// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import io.kitsune.router.Workload;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The facts that conditions may name, each with its type. */
sealed interface Fact {
  /** As it is written. */
  String name();

  /** A number; {@code size} if it may have a unit of bytes. */
  record Numeric(String name, boolean size, long most, Function<Situation, OptionalLong> value)
      implements Fact {}

  /**
   * A text; empty where it is not known.
   *
   * @param fold whether case makes no difference
   * @param choices all values that there are, in lower case; none if any text is one
   */
  record Textual(
      String name, boolean fold, List<String> choices, Function<Situation, Optional<String>> value)
      implements Fact {
    String folded(String text) {
      return fold ? text.toLowerCase(Locale.ROOT) : text;
    }
  }

  /** Several texts. */
  record Several(String name, boolean fold, Function<Situation, Collection<String>> value)
      implements Fact {
    String folded(String text) {
      return fold ? text.toLowerCase(Locale.ROOT) : text;
    }
  }

  /** Yes, no, or not known. */
  record Flag(String name, Function<Situation, Optional<Boolean>> value) implements Fact {}

  /** All of them, in the order in which they are documented. */
  List<Fact> ALL =
      List.of(
          new Textual("user", false, List.of(), now -> known(now.facts().user())),
          new Textual("real_user", false, List.of(), now -> known(now.facts().realUser())),
          new Textual("address", true, List.of(), now -> known(now.facts().address())),
          new Several("groups", false, Situation::groups),
          new Textual("client", true, List.of(), now -> known(now.facts().client())),
          new Textual(
              "workload",
              true,
              Arrays.stream(Workload.Type.values()).map(Workload.Type::id).toList(),
              now -> Optional.of(now.facts().workload().type().id())),
          new Textual("kind", true, List.of(), now -> known(now.facts().kind())),
          new Several("tables", true, now -> now.facts().tables()),
          new Several("catalogs", true, now -> catalogs(now.facts().tables())),
          new Numeric("bytes", true, Long.MAX_VALUE, now -> now.facts().bytes()),
          new Numeric("rows", false, Long.MAX_VALUE, now -> now.facts().rows()),
          new Flag("partition_predicate", now -> now.facts().partitionPredicate()),
          new Numeric("hour", false, 23, now -> OptionalLong.of(now.time().getHour())),
          new Textual(
              "weekday",
              true,
              Arrays.stream(DayOfWeek.values())
                  .map(day -> day.name().toLowerCase(Locale.ROOT))
                  .toList(),
              now -> Optional.of(now.time().getDayOfWeek().name())));

  /** The fact of that name, whatever its case. */
  static Optional<Fact> find(String name) {
    return ALL.stream().filter(fact -> fact.name().equalsIgnoreCase(name)).findFirst();
  }

  private static Optional<String> known(String text) {
    return Optional.of(text).filter(value -> !value.isEmpty());
  }

  private static Collection<String> catalogs(List<String> tables) {
    return tables.stream()
        .map(name -> name.substring(0, Math.max(0, name.indexOf('.'))))
        .collect(Collectors.toSet());
  }
}
