// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import io.kitsune.redirection.store.StoreLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The history in a file of this machine. */
class EmbeddedHistoryStoreTest extends HistoryStoreContract {
  @TempDir Path home;

  @Override
  StoreLocation location() {
    return new StoreLocation.EmbeddedFile(home.resolve("state"));
  }
}
