// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCryptParser;
import at.favre.lib.crypto.bcrypt.IllegalBCryptFormatException;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a password file says.
 *
 * @param hashes by user, as {@code bcrypt} writes them
 * @param highestCost of any of them
 */
record PasswordFile(Map<String, byte[]> hashes, int highestCost) {
  /** At 14 a check takes about a second, at 31 days: nobody could come in. */
  private static final int HIGHEST_COST = 14;

  /** Anything larger is not a list of users. */
  private static final long LARGEST = 16 << 20;

  private static final BCryptParser PARSER = BCrypt.Version.VERSION_2A.parser;

  /** Reads the file. */
  static PasswordFile read(Path file) {
    List<String> lines;
    try {
      refuseStrangers(file);
      if (Files.size(file) > LARGEST) {
        throw invalid(file, "is larger than %d bytes".formatted(LARGEST), null);
      }
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw invalid(file, "cannot be read: " + e, e);
    }
    Map<String, byte[]> hashes = new HashMap<>();
    int highestCost = BCrypt.MIN_COST;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      // No line is repeated in an error: somebody may have written the password itself.
      String place = "line " + (i + 1);
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw invalid(file, place + " is not user:hash", null);
      }
      byte[] hash = line.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
      highestCost = Math.max(highestCost, cost(file, place, hash));
      if (hashes.put(line.substring(0, colon), hash) != null) {
        throw invalid(file, place + " has a user a second time", null);
      }
    }
    return new PasswordFile(Map.copyOf(hashes), highestCost);
  }

  private static int cost(Path file, String place, byte[] hash) {
    try {
      int cost = PARSER.parse(hash).cost;
      if (cost > HIGHEST_COST) {
        throw invalid(
            file,
            "%s has the cost %d; %d is the highest".formatted(place, cost, HIGHEST_COST),
            null);
      }
      return cost;
    } catch (IllegalBCryptFormatException | IllegalArgumentException e) {
      throw invalid(
          file, place + " has no bcrypt hash after the colon (make one with 'htpasswd -nB')", null);
    }
  }

  private static void refuseStrangers(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw invalid(file, "is open to everybody; run chmod 600 on it", null);
    }
  }

  private static KitsuneException invalid(Path file, String what, Throwable cause) {
    return new KitsuneException(
        "AUTHENTICATION_FILE_INVALID",
        "F0000",
        "the password file %s %s".formatted(file, what),
        cause);
  }
}
