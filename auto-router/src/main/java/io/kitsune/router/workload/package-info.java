// SPDX-License-Identifier: Apache-2.0
/**
 * Who sends a statement and what it is a part of, as far as that can be told without running it.
 */
package io.kitsune.router.workload;
