// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.UUID;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.THandleIdentifier;

/**
 * What a client names a session or an operation by: an identifier, which logs show, and a secret,
 * which they don't. Both are random.
 */
record Handle(UUID id, UUID secret) {
  private static final int UUID_BYTES = 16;

  static Handle random() {
    return new Handle(UUID.randomUUID(), UUID.randomUUID());
  }

  /** With an identifier that the client chose; the secret is ours. */
  static Handle named(UUID id) {
    return new Handle(id, UUID.randomUUID());
  }

  /** As a client sent it. */
  static Handle of(THandleIdentifier identifier) {
    if (identifier == null || !identifier.isSetGuid() || !identifier.isSetSecret()) {
      throw invalid();
    }
    return new Handle(uuid(identifier.bufferForGuid()), uuid(identifier.bufferForSecret()));
  }

  /** For a handle that cannot be one of ours. */
  static KitsuneException invalid() {
    return new KitsuneException(
        "HANDLE_INVALID", "HY000", "The handle is not one of this gateway's. Open a new session.");
  }

  private static UUID uuid(ByteBuffer bytes) {
    if (bytes.remaining() != UUID_BYTES) {
      throw invalid();
    }
    ByteBuffer copy = bytes.duplicate();
    return new UUID(copy.getLong(), copy.getLong());
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(UUID_BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  THandleIdentifier toThrift() {
    return new THandleIdentifier(ByteBuffer.wrap(bytes(id)), ByteBuffer.wrap(bytes(secret)));
  }

  /** Compares the secrets in constant time. */
  boolean hasSecretOf(Handle other) {
    return MessageDigest.isEqual(bytes(secret), bytes(other.secret));
  }

  /** The identifier; never the secret. */
  @Override
  public String toString() {
    return id.toString();
  }
}
