// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark.child;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.security.sasl.AuthenticationException;
import org.apache.hive.service.auth.PasswdAuthenticationProvider;

/**
 * Lets nobody into Spark's Thrift server but the gateway that started it: the password is a secret
 * that the two share, the user name is whoever the gateway says. Without it, every user of the
 * machine could run statements as the gateway's user.
 */
public final class SharedSecret implements PasswdAuthenticationProvider {
  /** The system property with the secret; cleared on first use, before any statement runs. */
  public static final String PROPERTY = "kitsune.spark.secret";

  private static final byte[] SECRET = taken();

  private static byte[] taken() {
    byte[] secret = System.getProperty(PROPERTY, "").getBytes(StandardCharsets.UTF_8);
    System.clearProperty(PROPERTY);
    return secret;
  }

  @Override
  public void Authenticate(String user, String password) throws AuthenticationException {
    byte[] given = password.getBytes(StandardCharsets.UTF_8);
    if (SECRET.length == 0 || !MessageDigest.isEqual(SECRET, given)) {
      throw new AuthenticationException("Only the gateway that started this Spark may use it");
    }
  }
}
