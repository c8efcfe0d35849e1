// SPDX-License-Identifier: Apache-2.0
/** From what became of a statement to what is kept of it. */
package io.kitsune.gateway.history;
