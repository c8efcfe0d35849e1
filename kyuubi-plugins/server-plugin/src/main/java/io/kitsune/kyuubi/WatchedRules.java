// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The rules as they were last right. A thread of its own looks at the file; asking for the rules
 * touches nothing but memory. What happens goes to {@code java.util.logging}, which Kyuubi's server
 * leads into its own log (its {@code Logging} installs SLF4J's bridge). Thread-safe.
 */
final class WatchedRules {
  private static final Logger LOG = Logger.getLogger(WatchedRules.class.getName());
  private static final long LARGEST = 1 << 20;

  private final Path file;
  private volatile Rules current;
  // Of whichever thread looks, one at a time:
  private String seen = "";
  private String pending = "";
  private String lastComplaint = "";

  /** Rules that never change. */
  WatchedRules(Rules rules) {
    this.file = null;
    this.current = rules;
  }

  private WatchedRules(Path file) {
    this.file = file;
    this.current = Rules.NONE;
  }

  /**
   * Reads the file. If it is wrong, no session is routed until it is right.
   *
   * @param file need not be there: then all sessions are routed
   */
  static WatchedRules read(Path file) {
    WatchedRules rules = new WatchedRules(file);
    if (Files.exists(file)) {
      rules.look();
      rules.look();
    } else {
      rules.current = Rules.ALL;
      LOG.log(Level.INFO, "{0} is not there: all sessions are routed", file);
    }
    return rules;
  }

  /** Looks at the file every now and then, for as long as somebody holds these rules. */
  void watch(final long everyMillis) {
    final WeakReference<WatchedRules> watched = new WeakReference<>(this);
    Thread thread =
        new Thread(
            () -> {
              while (lookAgain(watched, everyMillis)) {
                // Until nobody wants them any more.
              }
            },
            "kitsune-advisor");
    thread.setDaemon(true);
    thread.start();
  }

  private static boolean lookAgain(WeakReference<WatchedRules> watched, long everyMillis) {
    try {
      Thread.sleep(everyMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    WatchedRules rules = watched.get();
    if (rules != null) {
      rules.look();
    }
    return rules != null;
  }

  Rules current() {
    return current;
  }

  /**
   * Looks at the file. What it says is taken at the second look that finds it so: at the first,
   * somebody may still be writing it. Never throws.
   */
  synchronized void look() {
    try {
      String text = text();
      if (text.equals(seen)) {
        recovered();
      } else if (text.equals(pending)) {
        take(text);
      }
      pending = text;
    } catch (NoSuchFileException e) {
      if (!seen.isEmpty() || !lastComplaint.isEmpty()) {
        complain("is gone", null);
      }
    } catch (IllegalArgumentException e) {
      // Line and mistake stand in the message; where in our code it was found helps nobody.
      complain(e.getMessage(), null);
    } catch (Throwable e) {
      // The thread must live on, whatever it was: rules that are never read again would be worse.
      complain(String.valueOf(e), e);
    }
  }

  private void take(String text) {
    Rules rules = RulesReader.read(text);
    current = rules;
    seen = text;
    lastComplaint = "";
    LOG.log(Level.INFO, "{0}: {1} rules are in force", new Object[] {file, rules.size()});
  }

  private void recovered() {
    if (!lastComplaint.isEmpty()) {
      lastComplaint = "";
      LOG.log(Level.INFO, "{0} is as it was again", file);
    }
  }

  /** Once for each way of being wrong, not with every look. */
  private void complain(String what, Throwable cause) {
    if (!what.equals(lastComplaint)) {
      lastComplaint = what;
      String consequence =
          current == Rules.NONE
              ? "no session is routed until it is right"
              : "what was read before stays in force";
      LOG.log(Level.SEVERE, file + ": " + what + "; " + consequence, cause);
    }
  }

  private String text() throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException("larger than " + LARGEST + " bytes");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IOException("not in UTF-8", e);
    }
  }
}
