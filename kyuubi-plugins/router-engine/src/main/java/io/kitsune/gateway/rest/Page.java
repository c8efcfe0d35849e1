// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import java.util.Optional;

/**
 * Some of a result's rows.
 *
 * @param rows a JSON array of arrays
 * @param count how many there are
 * @param next the token of the page after this one; empty at the end
 */
record Page(String rows, int count, Optional<String> next) {}
