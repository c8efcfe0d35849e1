// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.List;
import java.util.Map;

/** The values of a statement's parameter markers. Immutable. */
public sealed interface Parameters {
  /** One for each {@code ?}, in the order of the text. */
  record Positional(List<Parameter> values) implements Parameters {
    public Positional {
      values = List.copyOf(values);
    }
  }

  /** One for each {@code :name}, which may stand in the text several times. */
  record Named(Map<String, Parameter> values) implements Parameters {
    public Named {
      values = Map.copyOf(values);
    }
  }
}
