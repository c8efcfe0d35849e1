// SPDX-License-Identifier: Apache-2.0
/**
 * What every engine outside the gateway's own JVM needs: its files, resolved from Maven
 * repositories and kept, and child processes that never outlive the gateway. Nothing here knows any
 * particular engine.
 */
package io.kitsune.engine.process;
