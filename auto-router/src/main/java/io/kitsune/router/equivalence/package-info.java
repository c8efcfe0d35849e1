// SPDX-License-Identifier: Apache-2.0
/** What means the same where: the allow-lists of each engine, and the translations they allow. */
package io.kitsune.router.equivalence;
