// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.DataType;

/**
 * One column of one relation of a query. Two fields are the same only if they are the same object:
 * the column {@code id} of {@code t a} is not that of {@code t b}. Immutable.
 */
public final class Field {
  private final String name;
  private final DataType type;
  private final boolean nullable;

  Field(String name, DataType type, boolean nullable) {
    this.name = requireNonNull(name, "name");
    this.type = requireNonNull(type, "type");
    this.nullable = nullable;
  }

  /** The name, for a derived column the label that Spark gives it. */
  public String name() {
    return name;
  }

  /** Spark's type. */
  public DataType type() {
    return type;
  }

  /** Whether Spark's schema says that it may be NULL. */
  public boolean nullable() {
    return nullable;
  }

  @Override
  public String toString() {
    return name + " " + type.sql();
  }
}
