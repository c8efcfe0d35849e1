// SPDX-License-Identifier: Apache-2.0
/** Who gets a statement: predicted latencies, the user's choice, the best of the eligible. */
package io.kitsune.router.decision;
