// SPDX-License-Identifier: Apache-2.0
/**
 * What a name means today: the phases of a table's migration, and who is read and written in each.
 */
package io.kitsune.redirection;
