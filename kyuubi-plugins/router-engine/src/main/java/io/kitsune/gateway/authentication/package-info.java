// SPDX-License-Identifier: Apache-2.0
/**
 * Who may open a session: the ways of checking a user and password, and the rule that a listener
 * other machines can reach does not go without one. Transport and sessions stand elsewhere.
 */
package io.kitsune.gateway.authentication;
