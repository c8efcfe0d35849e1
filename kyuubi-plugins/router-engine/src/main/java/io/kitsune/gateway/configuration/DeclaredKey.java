// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

/**
 * A key as it is declared.
 *
 * @param name in full
 * @param defaultText as an operator would write it; empty where there is none
 * @param description for the operator
 * @param perSession whether users may set it in their sessions
 */
record DeclaredKey(
    String name, KeyType type, String defaultText, String description, boolean perSession) {}
