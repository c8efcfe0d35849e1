// SPDX-License-Identifier: Apache-2.0
/**
 * What became of statements: kept for a while in the state's database, for people, for dry runs of
 * policies and for predictions. Nothing here may hold up a statement, and no value that a user
 * wrote is kept unless the operator asked for it.
 */
package io.kitsune.router.history;
