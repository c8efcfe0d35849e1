// SPDX-License-Identifier: Apache-2.0
/**
 * The port: sockets, SASL and Thrift's binary protocol, hardened against what strangers send. What
 * the calls mean stands in {@code io.kitsune.gateway}; nothing here knows of sessions.
 */
package io.kitsune.gateway.thrift;
