// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.engine.kyuubi.KyuubiServers.Server;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KyuubiUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kyuubi://a:10009",
        "kyuubi://a:10009/",
        "jdbc:kyuubi://a:10009/",
        " JDBC:kyuubi://a:10009/; "
      })
  void aServer(String url) {
    assertThat(KyuubiUrl.is(url)).isTrue();
    assertThat(KyuubiUrl.parse(url))
        .isEqualTo(new KyuubiUrl.Servers(List.of(new Server("a", 10009))));
  }

  @Test
  void severalServers() {
    assertThat(KyuubiUrl.parse("kyuubi://a:1,b:2"))
        .isEqualTo(new KyuubiUrl.Servers(List.of(new Server("a", 1), new Server("b", 2))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kyuubi://z1:2181,z2:2181/;serviceDiscoveryMode=zooKeeper;zooKeeperNamespace=kyuubi",
        "jdbc:kyuubi://z1:2181,z2:2181/;zooKeeperNamespace=/kyuubi/;servicediscoverymode=zookeeper",
        "kyuubi://z1:2181,z2:2181;serviceDiscoveryMode=zooKeeperHA"
      })
  void aNamespaceInZooKeeper(String url) {
    assertThat(KyuubiUrl.parse(url))
        .isEqualTo(new KyuubiUrl.ZooKeeper("z1:2181,z2:2181", "kyuubi"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kyuubi:a:10009|must be kyuubi://host:port",
        "http://a:10009|must be kyuubi://host:port",
        "kyuubi://a|'a' where host:port",
        "kyuubi://:10009|':10009' where host:port",
        "kyuubi://a:99999|'a:99999' where host:port",
        "kyuubi://a:1/sales|the database sales",
        "kyuubi://a:1/;user=me|has user",
        "kyuubi://a:1/;zooKeeperNamespace=k|serviceDiscoveryMode=zooKeeper too",
        "kyuubi://a:1/?spark.executor.memory=1g|kitsune.spark.conf.",
        "kyuubi://a:1/#kyuubi.engine.share.level=USER|kitsune.spark.conf.",
        "kyuubi://a:1/;ssl|'ssl' where name=value"
      })
  void whatItIsNot(String url, String why) {
    assertThatThrownBy(() -> KyuubiUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aThriftServerOfSparksIsNone() {
    assertThat(KyuubiUrl.is("spark:10000")).isFalse();
    assertThat(KyuubiUrl.is("kyuubi-spark:10000")).isFalse();
  }
}
