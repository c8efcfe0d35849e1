// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * How an engine of Kyuubi's is reached.
 *
 * @param engine which one
 * @param servers whoever uses the settings closes them
 * @param login who connects
 * @param instance what this gateway is called in the error that a loop ends in
 * @param configuration keys for every session, Kyuubi's and the engine's; a session's own win
 * @param limits how long and how much
 */
public record KyuubiEngineSettings(
    KyuubiEngine engine,
    KyuubiServers servers,
    KyuubiLogin login,
    String instance,
    Map<String, String> configuration,
    Limits limits) {
  public KyuubiEngineSettings {
    requireNonNull(engine, "engine");
    requireNonNull(servers, "servers");
    requireNonNull(login, "login");
    requireNonNull(instance, "instance");
    configuration = Map.copyOf(configuration);
    requireNonNull(limits, "limits");
  }

  /**
   * How long and how much.
   *
   * @param start how long Kyuubi may take to launch an engine
   * @param answer how long one call to its server may take
   * @param fetchRows how many rows are fetched at once at most, whatever the client asks for
   * @param fetchBytes how large a row set is to be about; a single row may be larger
   */
  public record Limits(Duration start, Duration answer, int fetchRows, int fetchBytes) {
    public Limits {
      for (Duration duration : new Duration[] {start, answer}) {
        if (duration.isNegative() || duration.isZero()) {
          throw new IllegalArgumentException("not a positive duration: " + duration);
        }
      }
      if (fetchRows < 1 || fetchBytes < 1) {
        throw new IllegalArgumentException(
            "not a positive limit: " + fetchRows + " rows, " + fetchBytes + " bytes");
      }
    }
  }
}
