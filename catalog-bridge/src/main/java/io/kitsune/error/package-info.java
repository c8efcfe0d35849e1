// SPDX-License-Identifier: Apache-2.0
/**
 * The one shape of an error. It stands in the lowest module so that every module can raise it;
 * nothing else may enter this package.
 */
package io.kitsune.error;
