// SPDX-License-Identifier: Apache-2.0
/**
 * A stock Kyuubi server in front of the router engine: run by the profile {@code kyuubi} over the
 * unpacked Kyuubi of {@code -Dkyuubi.home}, and skipped where none is given.
 */
package io.kitsune.integration.kyuubi;
