// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The values a whole number may have, both ends included. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Between {
  int least();

  int most() default Integer.MAX_VALUE;
}
