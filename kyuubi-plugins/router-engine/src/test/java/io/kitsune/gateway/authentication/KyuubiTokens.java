// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens as Kyuubi's servers do. */
public final class KyuubiTokens {
  private KyuubiTokens() {}

  /** As Kyuubi 1.12 does, with the usual key length and life. */
  public static String issue(String secret, Instant when) {
    return withVector(json(when, Duration.ofMinutes(10)), secret, 16);
  }

  static String json(Instant issued, Duration life) {
    return "{\n  \"issueDate\" : %d,\n  \"maxDate\" : %d\n}"
        .formatted(issued.toEpochMilli(), life.toMillis());
  }

  /** Since 1.12. */
  static String withVector(String text, String secret, int keyBytes) {
    byte[] vector = new byte[16];
    new SecureRandom().nextBytes(vector);
    return HexFormat.of().formatHex(vector) + encrypt(text, secret, keyBytes, vector);
  }

  /** Up to 1.11. */
  static String withoutVector(String text, String secret, int keyBytes) {
    return encrypt(text, secret, keyBytes, new byte[16]);
  }

  private static String encrypt(String text, String secret, int keyBytes, byte[] vector) {
    String key = (secret + " ".repeat(keyBytes)).substring(0, keyBytes);
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5PADDING");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "AES"),
          new IvParameterSpec(vector));
      return HexFormat.of().formatHex(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
