// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.kitsune.error.KitsuneException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks passwords against a file of bcrypt hashes. An unknown user costs as much time as a known
 * one with a wrong password. Half as many checks run at once as there are processors, so that a
 * flood of attempts leaves the other half to statements.
 */
final class PasswordFileAuthenticator implements Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(PasswordFileAuthenticator.class);
  private static final long PATIENCE_SECONDS = 10;

  /** bcrypt looks at no more; a longer password would be as good as its beginning. */
  private static final int LONGEST_PASSWORD = 72;

  private final WatchedPasswordFile file;
  private final Semaphore checks =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
  private volatile byte[] decoy = new byte[0];
  private volatile int decoyCost;

  private PasswordFileAuthenticator(WatchedPasswordFile file) {
    this.file = file;
  }

  static PasswordFileAuthenticator open(Path file) {
    return new PasswordFileAuthenticator(WatchedPasswordFile.open(file));
  }

  @Override
  public String authenticate(String user, String password, InetAddress client) {
    PasswordFile users = file.current();
    byte[] given = password.getBytes(StandardCharsets.UTF_8);
    if (given.length > LONGEST_PASSWORD) {
      throw refused(user, client);
    }
    byte[] hash = users.hashes().get(user);
    boolean right = check(given, hash == null ? decoy(users.highestCost()) : hash, client);
    if (hash == null || !right) {
      throw refused(user, client);
    }
    return user;
  }

  private boolean check(byte[] given, byte[] hash, InetAddress client) {
    try {
      if (!checks.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("too many log-ins at once: one from {} was refused", client);
        throw Refusal.of();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.of();
    }
    try {
      return BCrypt.verifyer().verify(given, hash).verified;
    } finally {
      checks.release();
    }
  }

  /** A hash of no user, as costly as the costliest. */
  private byte[] decoy(int cost) {
    if (decoyCost != cost) {
      decoy =
          BCrypt.withDefaults()
              .hash(cost, "no user has this password".getBytes(StandardCharsets.UTF_8));
      decoyCost = cost;
    }
    return decoy;
  }

  private static KitsuneException refused(String user, InetAddress client) {
    LOG.warn("refused {} from {}", user, client);
    return Refusal.of();
  }
}
