// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** That the whole API is described shows wherever it is started. */
final class DescriptionRoutesTest {
  @Test
  void saysWhatIsServedAndNotDescribedOrDescribedAndNotServed() {
    DescriptionRoutes description = new DescriptionRoutes();
    List<Route> routes =
        List.of(Route.get("/engines", context -> {}), Route.get("/secret", context -> {}));

    assertThatThrownBy(() -> description.requireSame(routes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GET /secret")
        .hasMessageContaining("DELETE /statements/{id}")
        .hasMessageNotContaining("GET /engines");
  }
}
