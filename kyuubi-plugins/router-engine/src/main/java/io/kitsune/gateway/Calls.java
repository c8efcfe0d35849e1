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
   * @param request what was asked; null if the client sent no such field
   * @param failed makes a response of a status
   */
  @SuppressWarnings("CatchingUnchecked")
  static <R> R answer(Object request, Supplier<R> body, Function<TStatus, R> failed) {
    try {
      requireRequest(request);
      return body.get();
    } catch (KitsuneException e) {
      return failed.apply(Statuses.error(e));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return failed.apply(Statuses.error(Statuses.known(e)));
    }
  }

  /** Thrift hands on null where a call lacks its one argument. */
  static void requireRequest(Object request) {
    if (request == null) {
      throw new KitsuneException(
          "REQUEST_INVALID", "08P01", "The call has no request in it; the client is at fault.");
    }
  }
}
