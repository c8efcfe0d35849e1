// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets nobody into a Trino that was started here but the gateway: a key that the two share signs a
 * JWT (RFC 7519, HS256) for each end user. Without it, every user of the machine could run
 * statements as anybody. Immutable; its text does not show the key.
 */
final class LoopbackToken {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private static final int BYTES = 48;

  private final byte[] key;

  private LoopbackToken(byte[] key) {
    this.key = key;
  }

  static LoopbackToken random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return new LoopbackToken(key);
  }

  /** The key as Trino's JWT authenticator reads it from a file. */
  String keyFile() {
    return Base64.getEncoder().encodeToString(key);
  }

  /** Good as long as the server with this key lives. */
  String of(String user) {
    try {
      String content =
          encoded(new TreeMap<>(Map.of("alg", "HS256", "typ", "JWT")))
              + "."
              + encoded(Map.of("sub", user));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + URL.encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HMAC-SHA-256", e);
    }
  }

  private static String encoded(Map<String, String> claims) {
    try {
      return URL.encodeToString(JSON.writeValueAsBytes(claims));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
