// SPDX-License-Identifier: Apache-2.0
/**
 * What the operator says about who runs what: rules of a file, read and checked once, and judged
 * over the facts of a statement. Judging has no side effects and asks nobody.
 */
package io.kitsune.router.policy;
