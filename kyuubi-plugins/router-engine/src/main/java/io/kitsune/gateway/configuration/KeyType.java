// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.secret.SecretReference;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a key's value may be.
 *
 * @param wanted in words, for "it must be …"
 * @param secret whether the value may turn out to be a credential, which is never repeated
 * @param reader throws an {@link IllegalArgumentException} for a value that is wrong
 */
record KeyType(String wanted, boolean secret, Function<String, Object> reader) {

  /** Whether a value, without blanks around it, is one of this type. */
  boolean accepts(String text) {
    try {
      return reader.apply(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The type of what a declaring method returns. */
  static KeyType of(Method method) {
    return of(method.getGenericReturnType(), method);
  }

  /** A path, where {@code ~/} is the user's home folder. */
  static Path path(String text) {
    try {
      Path path =
          text.startsWith("~/")
              ? Path.of(System.getProperty("user.home"), text.substring(2))
              : Path.of(text);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("no path: " + text, e);
    }
    throw new IllegalArgumentException("not absolute: " + text);
  }

  /** A constant's name as operators write it. */
  static String id(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static KeyType of(Type type, Method method) {
    if (type instanceof ParameterizedType parameterized) {
      KeyType inner = of(parameterized.getActualTypeArguments()[0], method);
      return parameterized.getRawType() == Optional.class ? inner : list(inner);
    }
    if (type == int.class) {
      return number(method.getAnnotation(Between.class));
    }
    Class<?> simple = (Class<?>) type;
    if (simple.isEnum()) {
      return choice(simple.getEnumConstants());
    }
    if (simple == boolean.class) {
      return choice("true", "false");
    }
    if (simple == String.class) {
      return new KeyType("text", false, text -> text);
    }
    if (simple == Path.class) {
      return new KeyType("an absolute path, or one from ~/", false, KeyType::path);
    }
    if (simple == Duration.class) {
      Shortest shortest = method.getAnnotation(Shortest.class);
      return duration(shortest == null ? "1ms" : shortest.value());
    }
    if (simple == MemorySize.class) {
      SizeBetween range = method.getAnnotation(SizeBetween.class);
      return range == null
          ? new KeyType("a size such as 512MB, 4GiB or 25%", false, MemorySize::parse)
          : size(range);
    }
    if (simple == SecretReference.class) {
      return new KeyType(
          "a reference, env:NAME or file:/absolute/path, and not the credential itself",
          true,
          SecretReference::parse);
    }
    throw new IllegalStateException("no such type of key: " + method);
  }

  private static KeyType number(Between range) {
    String wanted =
        range.most() == Integer.MAX_VALUE
            ? "a whole number from %d".formatted(range.least())
            : "a whole number from %d to %d".formatted(range.least(), range.most());
    return new KeyType(
        wanted,
        false,
        text -> {
          int number = Integer.parseInt(text);
          if (number < range.least() || number > range.most()) {
            throw new IllegalArgumentException("out of range: " + text);
          }
          return number;
        });
  }

  private static KeyType duration(String shortest) {
    Duration least = DurationText.parse(shortest);
    return new KeyType(
        "a length of time from %s to 24d, such as 250ms, 30s, 5m, 1h or PT1H30M"
            .formatted(shortest),
        false,
        text -> {
          Duration duration = DurationText.parse(text);
          if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException("too short: " + text);
          }
          return duration;
        });
  }

  private static KeyType size(SizeBetween range) {
    long least = MemorySize.parse(range.least()).amount();
    long most = MemorySize.parse(range.most()).amount();
    return new KeyType(
        "a size from %s to %s".formatted(range.least(), range.most()),
        false,
        text -> {
          MemorySize size = MemorySize.parse(text);
          if (size.share() || size.amount() < least || size.amount() > most) {
            throw new IllegalArgumentException("out of range: " + text);
          }
          return size;
        });
  }

  private static KeyType choice(Object... constants) {
    List<String> names =
        Arrays.stream(constants)
            .map(constant -> constant instanceof String text ? text : id(constant))
            .toList();
    return new KeyType(
        names.stream().collect(Collectors.joining(" or ")),
        false,
        text -> {
          if (!names.contains(text)) {
            throw new IllegalArgumentException("not one of them: " + text);
          }
          return text;
        });
  }

  private static KeyType list(KeyType inner) {
    return new KeyType(
        inner.wanted() + ", or several with commas between",
        inner.secret(),
        text ->
            Arrays.stream(text.split(",", -1))
                .map(item -> inner.reader().apply(item.strip()))
                .toList());
  }
}
