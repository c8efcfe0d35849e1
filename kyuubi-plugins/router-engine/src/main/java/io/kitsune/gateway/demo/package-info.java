// SPDX-License-Identifier: Apache-2.0
/**
 * What {@code kitsune demo} shows: TPC-H data, a dozen statements, and what each should come to.
 */
package io.kitsune.gateway.demo;
