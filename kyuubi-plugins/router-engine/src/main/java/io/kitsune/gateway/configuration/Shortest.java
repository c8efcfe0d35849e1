// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The shortest length of time a key may have, where that is not a millisecond. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Shortest {
  String value();
}
