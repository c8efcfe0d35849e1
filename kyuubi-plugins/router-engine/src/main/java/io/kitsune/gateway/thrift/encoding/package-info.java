// SPDX-License-Identifier: Apache-2.0
/**
 * Results in the clients' protocol: an engine's cursor becomes Thrift row sets, byte for byte what
 * Spark's own Thrift server (3.5) would answer for the same values; or Arrow record batches, for
 * clients that ask for them and where Kyuubi's driver shows the same values. {@link
 * io.kitsune.gateway.thrift.encoding.EncodedResult} is the way in. Nothing here knows of sessions
 * or operations.
 */
package io.kitsune.gateway.thrift.encoding;
