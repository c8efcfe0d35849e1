// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A user may set the key in a session or a connection's URL. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface PerSession {}
