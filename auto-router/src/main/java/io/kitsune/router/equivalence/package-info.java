// SPDX-License-Identifier: Apache-2.0
/**
 * What means the same where: the allow-lists of each engine, and the translations they allow.
 *
 * <p>A construct gets onto an engine's list in three steps. The analysis types it by Spark's rules;
 * a rule here writes it ({@code DuckDbFunctions}, {@code TrinoCasts} and the like) in a form of
 * exactly Spark's type; probes under {@code src/test/resources/equivalence} hold it to the answers
 * of a real Spark, recorded by {@code src/test/spark/record}, NULLs, empty input, boundaries and
 * overflow among them. Where data may leave the range in which a form is exact, the form fails
 * rather than be wrong, and the statement runs on Spark. What has no rule is refused by its name
 * and place.
 */
package io.kitsune.router.equivalence;
