// SPDX-License-Identifier: Apache-2.0
/**
 * What a statement's names mean: tables by catalogs and session, redirections applied, views
 * expanded. What is found stands beside the tree, never in it.
 */
package io.kitsune.router.resolution;
