// SPDX-License-Identifier: Apache-2.0
/**
 * The router engine's own REST API, for standalone use and for editors that want the decision:
 * {@code /api/v1}, described by {@code openapi.yaml} beside this package. Statements run through
 * the gateway's sessions like those of TCLIService; there is no second way to an engine.
 */
package io.kitsune.gateway.rest;
