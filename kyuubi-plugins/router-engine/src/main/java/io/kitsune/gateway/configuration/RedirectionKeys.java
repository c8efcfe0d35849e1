// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.secret.SecretReference;
import io.smallrye.config.WithConverter;
import java.util.Optional;

/** The store of redirections. */
@Describe(
    "Where redirections are kept. Without a URL, in a file under kitsune.home that the gateways of one machine share.")
public interface RedirectionKeys {
  @Describe(
      "A PostgreSQL database, jdbc:postgresql://host:port/database, without user and password.")
  Optional<String> url();

  @Describe("Where its user's name stands: env:NAME or file:/absolute/path.")
  Optional<@WithConverter(SecretReferenceConverter.class) SecretReference> user();

  @Describe("Where that user's password stands.")
  Optional<@WithConverter(SecretReferenceConverter.class) SecretReference> password();
}
