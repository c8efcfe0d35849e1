// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
  private static boolean routed(String rules, String user, Map<String, String> settings) {
    return !RulesReader.read(rules).overlay(OpenedSession.of(user, settings)).isEmpty();
  }

  private static boolean routed(String rules, String user, String client) {
    return routed(rules, user, Map.of("kyuubi.client.ipAddress", client));
  }

  @Test
  void withoutARuleAllAreRouted() {
    assertThat(RulesReader.read("").overlay(OpenedSession.of("ann", Map.of())))
        .isEqualTo(
            Map.of(
                "kyuubi.engine.type", "JDBC",
                "kyuubi.engine.share.level", "SERVER",
                "kyuubi.engine.share.level.subdomain", "auto-router",
                "kyuubi.engine.jdbc.connection.url", "kitsune",
                "kyuubi.engine.pool.ignoreSubdomain", "false"));
    assertThat(
            RulesReader.read("subdomain blue # the other fleet\n")
                .overlay(OpenedSession.of("ann", Map.of())))
        .containsEntry("kyuubi.engine.share.level.subdomain", "blue");
  }

  @Test
  void theFirstThatAppliesDecides() {
    String rules =
        """
        # in this order
        keep if user etl
        route if group analysts
        keep if client 10.1.0.0/16
        route if client 10.0.0.0/8
        group analysts = ann, bob
        """;
    assertThat(routed(rules, "etl", "10.2.0.1")).isFalse();
    assertThat(routed(rules, "ann", "10.1.0.1")).isTrue();
    assertThat(routed(rules, "carol", "10.1.0.1")).isFalse();
    assertThat(routed(rules, "carol", "10.2.0.1")).isTrue();
    assertThat(routed(rules, "carol", "192.0.2.1")).isFalse();
  }

  @Test
  void allConditionsMustBeTrue() {
    String rules = "route if user ann,bob and not client 10.0.0.0/8 and asked";
    Map<String, String> asked =
        Map.of("kitsune.engine", "auto", "kyuubi.client.ipAddress", "192.0.2.1");
    assertThat(routed(rules, "ann", asked)).isTrue();
    assertThat(routed(rules, "carol", asked)).isFalse();
    assertThat(routed(rules, "ann", "192.0.2.1")).isFalse();
    assertThat(
            routed(
                rules, "ann", Map.of("kitsune.engine", "x", "kyuubi.client.ipAddress", "10.0.0.1")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "example.org", "10.0.0", "dead.beef.0.1", "fe80::1%eth0"})
  void anUnknownAddressMakesNoRuleApply(String client) {
    assertThat(routed("route if client 0.0.0.0/0, ::/0", "ann", client)).isFalse();
    assertThat(routed("route if not client 10.0.0.0/8", "ann", client)).isFalse();
    assertThat(routed("route if not user ann", "", client)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.255.0.1,true",
    "10.0.0.0/8,11.0.0.1,false",
    "192.0.2.128/25,192.0.2.127,false",
    "192.0.2.128/25,192.0.2.255,true",
    "192.0.2.7,192.0.2.7,true",
    "192.0.2.7,192.0.2.8,false",
    "0.0.0.0/0,1.2.3.4,true",
    "0.0.0.0/0,::1,false",
    "2001:db8::/32,2001:db8:ffff::1,true",
    "2001:db8::/32,2001:db9::1,false",
    "::1,0:0:0:0:0:0:0:1,true",
    "192.0.2.7,::ffff:192.0.2.7,true"
  })
  void networksHaveTheirAddresses(String network, String client, boolean has) {
    assertThat(Network.parse(network).has(Network.address(client))).isEqualTo(has);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "route all|after route or keep comes 'if'",
        "Route|a line begins with route, keep, group or subdomain",
        "route if|a condition is missing",
        "route if user|users are missing",
        "route if user ann bob|commas between",
        "route if user ann,|users are missing",
        "route if user ,ann|commas between",
        "route if user ann and|a condition is missing",
        "route if user ann or asked|commas between",
        "route if not not asked|says nothing",
        "route if asked now|'asked' stands alone",
        "route if role admin|a condition is user, group, client or asked",
        "route if group nobody|there is no group 'nobody'",
        "route if client example.org|no IP address or network",
        "route if client 10.0.0.0/33|a number from 0 to 32",
        "route if client 10.0.0.1/8|bits set beyond its first 8",
        "route if client 10.0.0.256|no IP address",
        "subdomain Blue|lower-case letters",
        "subdomain a/b|lower-case letters",
        "subdomain|write 'subdomain NAME'",
        "group a b|write 'group NAME = USER, USER'",
        "group a =|write 'group NAME = USER, USER'",
        "kitsune.advisor.enabled=false|a line begins with"
      })
  void namesTheLineThatIsWrong(String line, String what) {
    assertThatThrownBy(() -> RulesReader.read("keep if user x\n" + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 2: ")
        .hasMessageContaining(what);
  }

  @Test
  void definesEachThingOnce() {
    assertThatThrownBy(() -> RulesReader.read("group a = x\ngroup a = y"))
        .hasMessageContaining("there is a group 'a' already");
    assertThatThrownBy(() -> RulesReader.read("subdomain a\nsubdomain b"))
        .hasMessageContaining("once");
  }
}
