// SPDX-License-Identifier: Apache-2.0
/**
 * Where a credential stands. Configuration names the place and never holds the credential itself;
 * nothing in this package prints one.
 */
package io.kitsune.secret;
