// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The declarations of {@link KitsuneKeys}, as data. */
final class DeclaredKeys {
  private static final String ROOT = KitsuneKeys.class.getAnnotation(ConfigMapping.class).prefix();
  private static final List<KeyGroup> GROUPS = collect();
  private static final Map<String, DeclaredKey> BY_NAME = index();

  private DeclaredKeys() {}

  /** The groups, sorted by name, the one of the keys without a group first. */
  static List<KeyGroup> groups() {
    return GROUPS;
  }

  static Optional<DeclaredKey> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static List<KeyGroup> collect() {
    List<DeclaredKey> ungrouped = new ArrayList<>();
    List<KeyGroup> groups = new ArrayList<>();
    for (Method method : sorted(KitsuneKeys.class)) {
      Class<?> type = method.getReturnType();
      if (type.isInterface() && type.isAnnotationPresent(Describe.class)) {
        String name = ROOT + "." + kebab(method.getName());
        List<DeclaredKey> keys = new ArrayList<>();
        for (Method key : sorted(type)) {
          keys.add(declared(name, key));
        }
        groups.add(new KeyGroup(name, type.getAnnotation(Describe.class).value(), keys));
      } else {
        ungrouped.add(declared(ROOT, method));
      }
    }
    groups.add(0, new KeyGroup(ROOT, "The gateway as a whole.", ungrouped));
    return List.copyOf(groups);
  }

  private static DeclaredKey declared(String group, Method method) {
    WithDefault fallback = method.getAnnotation(WithDefault.class);
    return new DeclaredKey(
        group + "." + kebab(method.getName()),
        KeyType.of(method),
        fallback == null ? "" : fallback.value(),
        method.getAnnotation(Describe.class).value(),
        method.isAnnotationPresent(PerSession.class));
  }

  /** With those of the interfaces that it extends. Reflection promises no order. */
  private static List<Method> sorted(Class<?> type) {
    return List.of(type.getMethods()).stream()
        .sorted((a, b) -> a.getName().compareTo(b.getName()))
        .toList();
  }

  /** As SmallRye Config derives a key from a method. */
  private static String kebab(String method) {
    StringBuilder name = new StringBuilder();
    for (char c : method.toCharArray()) {
      if (Character.isUpperCase(c)) {
        name.append('-');
      }
      name.append(String.valueOf(c).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  private static Map<String, DeclaredKey> index() {
    Map<String, DeclaredKey> byName = new LinkedHashMap<>();
    for (KeyGroup group : GROUPS) {
      for (DeclaredKey key : group.keys()) {
        byName.put(key.name(), key);
      }
    }
    return byName;
  }
}
