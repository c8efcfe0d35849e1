// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.secret.SecretReference;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Trino. */
@Describe("Where Trino comes from, how it is let in there, and how long it stays.")
public interface TrinoKeys extends EngineLimitKeys {
  @Describe(
      "launch fetches Trino 476 and starts it with the first statement that needs it, where there is a Java 24 or newer; url connects to a cluster or a Trino Gateway that runs already; off does without.")
  @WithDefault("launch")
  Mode mode();

  @Describe(
      "The Java 24 or newer to start Trino with. Default: the one that KITSUNE_TRINO_JAVA_HOME names, or the first that is found: the gateway's own, JAVA_HOME, /usr/lib/jvm/*, /opt/*, ~/.sdkman/candidates/java/*, ~/.jdks/*.")
  Optional<Path> javaHome();

  @Describe("Trino's heap, where it is started here; it takes about 450 MB beside it.")
  @SizeBetween(least = "512MiB", most = "1TiB")
  @WithDefault("1GiB")
  MemorySize heap();

  @Describe(
      "Whether the classes that Trino's start loads are kept, linked ahead of time, for the next one, where it is started here: a quarter less processor time, for 130 MB of disk. The file is made once for each Java and heap, in the background while Trino has nothing to do; it then takes 15 seconds of a processor and 650 MB of memory.")
  @WithDefault("true")
  boolean aotCache();

  @Describe("http://host:port or https://host:port, for the mode url.")
  Optional<String> url();

  @Describe(
      "The user that goes with kitsune.trino.password. Statements run as the end user all the same: that user must be allowed to impersonate others.")
  Optional<String> user();

  @Describe("The password of kitsune.trino.user; over https only.")
  Optional<@WithConverter(SecretReferenceConverter.class) SecretReference> password();

  @Describe(
      "A JWT or another access token, in place of a user and a password; over https only. A file is read anew for each session.")
  Optional<@WithConverter(SecretReferenceConverter.class) SecretReference> accessToken();

  @Describe(
      "A PEM file with the certificates to trust, or, with kitsune.trino.trust-store-password, a Java key store. Default: what Java trusts.")
  Optional<Path> trustStore();

  @Describe("The password of a Java key store.")
  Optional<@WithConverter(SecretReferenceConverter.class) SecretReference> trustStorePassword();

  @Describe("The client's name in the cluster's list of queries and its resource groups.")
  @WithDefault("kitsune")
  String source();

  @Describe("Client tags for the cluster's resource groups.")
  Optional<List<String>> clientTags();

  @Describe("How long Trino may take to be ready, downloads not counted.")
  @WithDefault("3m")
  Duration startTimeout();

  @Describe("How long a Trino that was started here is kept without a session.")
  @WithDefault("15m")
  Duration idleTimeout();

  @Describe(
      "How long one answer of Trino's protocol may take; it answers within about a second however long a statement runs.")
  @WithDefault("1m")
  Duration answerTimeout();

  /** Where Trino comes from. */
  enum Mode {
    /** Fetched and started. */
    LAUNCH,
    /** Running already. */
    URL,
    /** Nowhere. */
    OFF
  }
}
