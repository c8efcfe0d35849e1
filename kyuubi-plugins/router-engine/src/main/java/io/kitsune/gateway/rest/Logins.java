// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.authentication.Authenticator;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who is behind an {@code Authorization} header. A password that was right is not checked again for
 * half a minute: each check costs what bcrypt is made to cost, and a client polls. Kept is a keyed
 * hash of it, never the password. Wrong ones are checked each time, within the authenticator's own
 * limits. Thread-safe.
 */
final class Logins {
  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final int MOST = 1_000;
  private static final String BASIC = "Basic ";
  private static final String HASH = "HmacSHA256";

  private final Authenticator authenticator;
  private final SecretKeySpec key;
  private final Cache<String, String> right =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

  Logins(Authenticator authenticator) {
    this.authenticator = authenticator;
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, HASH);
  }

  /**
   * The user's name.
   *
   * @param header null where the client sent none
   * @throws KitsuneException {@code AUTHENTICATION_FAILED} (28000)
   */
  String user(String header, InetAddress client) {
    if (header == null) {
      return authenticator.authenticate("", "", client);
    }
    String hash = hash(client.getHostAddress() + " " + header);
    String known = right.getIfPresent(hash);
    if (known != null) {
      return known;
    }
    String pair = pair(header);
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw malformed();
    }
    String user =
        authenticator.authenticate(pair.substring(0, colon), pair.substring(colon + 1), client);
    right.put(hash, user);
    return user;
  }

  private static String pair(String header) {
    if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      throw malformed();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw malformed();
    }
  }

  private static KitsuneException malformed() {
    return new KitsuneException(
        Authenticator.FAILED,
        "28000",
        "The Authorization header must be 'Basic' and the Base64 form of user:password in UTF-8.");
  }

  private String hash(String text) {
    try {
      Mac mac = Mac.getInstance(HASH);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HASH, e);
    }
  }
}
