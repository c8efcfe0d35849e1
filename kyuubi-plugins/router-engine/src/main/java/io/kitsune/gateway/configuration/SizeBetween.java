// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The sizes a key may have, both ends included; a share of something makes no sense for it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface SizeBetween {
  String least();

  String most();
}
