// SPDX-License-Identifier: Apache-2.0
/** Figures of the gateway and its engines, and the endpoint that Prometheus reads them from. */
package io.kitsune.gateway.metrics;
