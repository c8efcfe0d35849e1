// SPDX-License-Identifier: Apache-2.0
/**
 * Where redirections are kept: a database that several gateways share, with the history of every
 * change. What a phase means stands in the package above; reading a statement's names does not
 * belong here.
 */
package io.kitsune.redirection.store;
