// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

/**
 * Where a hint stands in a text.
 *
 * @param start offset of its first character, in UTF-16 units
 * @param end offset behind its last
 */
public record HintPlace(int start, int end) {}
