// SPDX-License-Identifier: Apache-2.0
/**
 * What may keep a gateway from working on this machine: findings, and the checks that need no part
 * of a gateway. Nothing here changes anything.
 */
package io.kitsune.gateway.doctor;
