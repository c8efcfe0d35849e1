// SPDX-License-Identifier: Apache-2.0
/**
 * What a query means by Spark's rules: names resolved, every expression typed, every implicit cast
 * made visible, and what each table reference must be read for. The tree that was read is not
 * touched; {@link io.kitsune.router.analysis.Analysis} stands beside it.
 *
 * <p>The rules are those of Spark 3.5 with ANSI mode off. What is not known exactly is refused with
 * the construct and its place ({@link io.kitsune.router.analysis.Refusal}); nothing is guessed.
 *
 * <p>Nothing about any engine may enter this package.
 */
package io.kitsune.router.analysis;
