// SPDX-License-Identifier: Apache-2.0
/**
 * Every key an operator can set, declared once: the typed settings, the errors of a wrong file,
 * {@code conf/kitsune.properties} and {@code docs/configuration.md} all come from the same
 * interfaces.
 */
package io.kitsune.gateway.configuration;
