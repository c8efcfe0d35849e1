// SPDX-License-Identifier: Apache-2.0
/**
 * What runs inside Kyuubi's server: Java 8, no dependency, nothing that blocks or throws. Whatever
 * can stand in the router engine does not belong here.
 */
package io.kitsune.kyuubi;
