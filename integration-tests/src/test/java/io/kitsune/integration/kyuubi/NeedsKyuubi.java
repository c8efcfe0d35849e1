// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Of tests that start the Kyuubi of {@link GivenKyuubi}. */
@Tag("kyuubi")
@EnabledIfSystemProperty(
    named = GivenKyuubi.HOME,
    matches = ".+",
    disabledReason = "no Kyuubi is given: run with -Pkyuubi -Dkyuubi.home=<an unpacked Kyuubi>")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface NeedsKyuubi {}
