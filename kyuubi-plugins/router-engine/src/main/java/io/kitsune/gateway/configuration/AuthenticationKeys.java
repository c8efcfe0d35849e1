// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Who may connect. */
@Describe("Who may open a session.")
public interface AuthenticationKeys {
  @Describe(
      "none takes every user at their word; password-file asks for the password of kitsune.authentication.password-file.")
  @WithDefault("none")
  Type type();

  @Describe(
      "One user:hash on each line, the hash made by 'htpasswd -nB USER' or another bcrypt program. Must not be readable by everybody. Read again when it changes.")
  Optional<Path> passwordFile();

  /** How users show who they are. */
  enum Type {
    /** Not at all. */
    NONE,
    /** By a password. */
    PASSWORD_FILE
  }
}
