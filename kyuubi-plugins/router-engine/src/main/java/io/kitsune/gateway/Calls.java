// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;

/** Answering a call: whatever goes wrong becomes a status, never a broken connection. */
final class Calls {
  private Calls() {}

  /**
   * The body's response, or the one that says what was wrong.
   *
   * @param failed makes a response of a status
   */
  @SuppressWarnings("CatchingUnchecked")
  static <R> R answer(Supplier<R> body, Function<TStatus, R> failed) {
    try {
      return body.get();
    } catch (KitsuneException e) {
      return failed.apply(Statuses.error(e));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return failed.apply(Statuses.error(Statuses.known(e)));
    }
  }
}
