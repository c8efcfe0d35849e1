// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Kyuubi's server gives as a password where {@code kyuubi.engine.security.enabled} is set: the
 * time of issue and a life, as JSON, encrypted by AES in CBC mode with the shared secret, in
 * hexadecimal digits ({@code InternalSecurityAccessor} of Kyuubi). Up to 1.11 the initial vector is
 * all zeros; since 1.12 it is random and stands in front. A text that is right in one layout is
 * garbled in the other.
 *
 * @param issued milliseconds since the epoch
 * @param life in milliseconds
 */
record KyuubiToken(long issued, long life) {
  private static final int BLOCK = 16;
  private static final int LONGEST = 1024;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Decrypts and reads one. Nothing tells in which step a forged one failed, neither the answer nor
   * what is done for it: CBC without that could be guessed block by block.
   *
   * @param secret shorter or longer ones are filled with blanks or cut, as Kyuubi does
   * @param keyBytes 16, 24 or 32
   */
  static Optional<KyuubiToken> decrypt(String token, String secret, int keyBytes) {
    byte[] bytes = bytes(token);
    if (bytes.length < BLOCK || bytes.length % BLOCK != 0) {
      return Optional.empty();
    }
    byte[] key = key(secret, keyBytes);
    Optional<KyuubiToken> withoutVector = read(key, new byte[BLOCK], bytes);
    byte[] vector = Arrays.copyOf(bytes, BLOCK);
    Optional<KyuubiToken> withVector =
        read(key, vector, Arrays.copyOfRange(bytes, BLOCK, bytes.length));
    return withVector.or(() -> withoutVector);
  }

  private static byte[] bytes(String token) {
    if (token.length() > LONGEST) {
      return new byte[0];
    }
    try {
      return HexFormat.of().parseHex(token);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  static byte[] key(String secret, int keyBytes) {
    StringBuilder characters = new StringBuilder(secret);
    characters.setLength(Math.min(secret.length(), keyBytes));
    while (characters.length() < keyBytes) {
      characters.append(' ');
    }
    return characters.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<KyuubiToken> read(byte[] key, byte[] vector, byte[] encrypted) {
    byte[] plain;
    try {
      // Without padding: the JDK says by an exception of its own that padding is wrong.
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
      plain = cipher.doFinal(encrypted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES cannot be had with a key of " + key.length, e);
    }
    int padding = padding(plain);
    Optional<KyuubiToken> parsed = parse(plain, plain.length - Math.max(1, padding));
    return padding == 0 ? Optional.empty() : parsed;
  }

  /** How many bytes of PKCS#5's padding are at the end; 0 if it is wrong. Looks at all alike. */
  private static int padding(byte[] plain) {
    int length = plain.length == 0 ? 0 : plain[plain.length - 1] & 0xFF;
    int wrong = length < 1 || length > BLOCK ? 1 : 0;
    for (int i = 1; i <= Math.min(BLOCK, plain.length); i++) {
      int differs = (plain[plain.length - i] & 0xFF) ^ length;
      wrong |= i <= length ? differs : 0;
    }
    return wrong == 0 ? length : 0;
  }

  private static Optional<KyuubiToken> parse(byte[] plain, int length) {
    long issued = -1;
    long life = -1;
    try (JsonParser json = JSON.createParser(plain, 0, Math.max(0, length))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        boolean number = json.nextToken() == JsonToken.VALUE_NUMBER_INT;
        if (number && name.equals("issueDate")) {
          issued = json.getLongValue();
        } else if (number && name.equals("maxDate")) {
          life = json.getLongValue();
        } else {
          return Optional.empty();
        }
      }
      boolean whole =
          json.currentToken() == JsonToken.END_OBJECT
              && json.nextToken() == null
              && issued >= 0
              && life >= 0;
      return whole ? Optional.of(new KyuubiToken(issued, life)) : Optional.empty();
    } catch (IOException e) {
      // Garbled, as every forged one is.
      return Optional.empty();
    }
  }
}
