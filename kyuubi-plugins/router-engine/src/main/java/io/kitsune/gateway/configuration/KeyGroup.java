// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import java.util.List;

/**
 * Keys that belong together.
 *
 * @param name what their names begin with
 * @param description for the operator
 */
record KeyGroup(String name, String description, List<DeclaredKey> keys) {
  KeyGroup {
    keys = List.copyOf(keys);
  }
}
