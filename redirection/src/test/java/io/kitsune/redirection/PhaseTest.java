// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.redirection.Phase.Side;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhaseTest {
  @Test
  void aMigrationGoesOneStepAtATime() {
    assertThat(Phase.DISCOVERED.successors()).contains(Phase.PLANNED);
    assertThat(Phase.PLANNED.successors()).contains(Phase.BRIDGED);
    assertThat(Phase.BRIDGED.successors()).contains(Phase.MIGRATING);
    assertThat(Phase.MIGRATING.successors()).contains(Phase.VALIDATING);
    assertThat(Phase.VALIDATING.successors()).contains(Phase.MIGRATED);
    assertThat(Phase.MIGRATED.successors())
        .containsExactlyInAnyOrder(Phase.DECOMMISSIONED, Phase.BRIDGED);
    assertThat(Phase.DECOMMISSIONED.successors()).isEmpty();
    assertThat(Phase.FAILED.successors()).containsExactly(Phase.PLANNED);
  }

  @ParameterizedTest
  @EnumSource
  void failureLeadsBackToTheSourceOnlyWhereItWasRead(Phase phase) {
    boolean readsSource = phase.reads() == Side.SOURCE && phase != Phase.FAILED;
    assertThat(phase.successors().contains(Phase.FAILED)).isEqualTo(readsSource);
  }

  @ParameterizedTest
  @EnumSource
  void removalNeverChangesWhatALiveNameMeans(Phase phase) {
    EnumSet<Phase> kept = EnumSet.of(Phase.MIGRATING, Phase.VALIDATING, Phase.MIGRATED);
    assertThat(phase.removable()).isEqualTo(!kept.contains(phase));
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(Phase phase) {
    assertThat(Phase.find(phase.id())).contains(phase);
    assertThat(Phase.find(phase.name())).contains(phase);
    assertThat(Phase.find("gone")).isEmpty();
  }
}
