// SPDX-License-Identifier: Apache-2.0
/** Results that the gateway makes itself, as rows in memory. */
package io.kitsune.gateway.answer;
