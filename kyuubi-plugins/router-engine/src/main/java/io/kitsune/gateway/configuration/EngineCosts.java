// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.router.Engine;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.decision.CostModel.EngineCost;
import java.util.Map;

/** The cost model that {@code kitsune.cost.*} describes. */
final class EngineCosts {
  private EngineCosts() {}

  static CostModel of(CostKeys cost) {
    return new CostModel(
        Map.of(
            Engine.DUCKDB,
            new EngineCost(
                cost.duckdbStart(),
                cost.duckdbStatement(),
                cost.duckdbFile(),
                cost.duckdbBytesPerSecond().amount(),
                cost.duckdbRowsPerSecond()),
            Engine.TRINO,
            new EngineCost(
                cost.trinoStart(),
                cost.trinoStatement(),
                cost.trinoFile(),
                cost.trinoBytesPerSecond().amount(),
                cost.trinoRowsPerSecond()),
            Engine.SPARK,
            new EngineCost(
                cost.sparkStart(),
                cost.sparkStatement(),
                cost.sparkFile(),
                cost.sparkBytesPerSecond().amount(),
                cost.sparkRowsPerSecond()),
            Engine.FLINK,
            new EngineCost(
                cost.flinkStart(),
                cost.flinkStatement(),
                cost.flinkFile(),
                cost.flinkBytesPerSecond().amount(),
                cost.flinkRowsPerSecond())),
        cost.unknownSize().amount());
  }
}
