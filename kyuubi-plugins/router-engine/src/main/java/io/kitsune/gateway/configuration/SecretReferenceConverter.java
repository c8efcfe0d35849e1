// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.secret.SecretReference;
import org.eclipse.microprofile.config.spi.Converter;

/** Named where it is used: without it SmallRye Config takes the interface for a group of keys. */
public final class SecretReferenceConverter implements Converter<SecretReference> {
  private static final long serialVersionUID = 1L;

  @Override
  public SecretReference convert(String text) {
    return SecretReference.parse(text);
  }
}
