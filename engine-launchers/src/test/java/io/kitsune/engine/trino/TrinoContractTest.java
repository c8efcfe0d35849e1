// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.EngineContract;
import io.kitsune.engine.EngineLauncher;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

class TrinoContractTest extends EngineContract {
  TrinoContractTest() {
    super(new TrinoContractStatements());
  }

  @BeforeAll
  static void needsJava() {
    SharedTrino.assumeJava();
  }

  @Override
  protected EngineLauncher launcher() {
    return SharedTrino.launcher();
  }

  @Override
  protected List<List<Object>> listed() {
    return TrinoQueries.unfinished(SharedTrino.launcher());
  }

  @Override
  protected int many() {
    return 200;
  }

  @Override
  protected String statementName() {
    return "\\(Trino's query \\d{8}_\\d{6}_\\d+_\\w+\\)";
  }

  @Override
  protected void assertNothingIsLeft() {
    assertThat(SharedTrino.launcher().openSessions()).isZero();
    assertThat(SharedTrino.launcher().openStatements()).isZero();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(SharedTrino.launcher().resultBytes()).isZero());
  }

  @Override
  protected long heldBytes() {
    return SharedTrino.launcher().resultBytes();
  }
}
