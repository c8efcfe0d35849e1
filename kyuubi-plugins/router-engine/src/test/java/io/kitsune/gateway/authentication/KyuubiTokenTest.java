// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import io.kitsune.secret.SecretReference;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KyuubiTokenTest {
  private static final String SECRET = "ENGINE____SECRET";
  private static final Instant NOW = Instant.parse("2026-11-23T07:20:00Z");
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final InetAddress SERVER = InetAddress.getLoopbackAddress();

  @TempDir Path folder;

  private static Authenticator with(TokenSecret secret, int keyBits) {
    return KyuubiTokenAuthenticator.open(secret, keyBits, LIFE, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Authenticator usual() {
    return with(() -> SECRET, 128);
  }

  private static void assertRefused(Authenticator authenticator, String token) {
    assertThatThrownBy(() -> authenticator.authenticate("ann", token, SERVER))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(Authenticator.FAILED);
              assertThat(refusal.sqlState()).isEqualTo("28000");
            })
        .hasMessage(Refusal.of().getMessage());
  }

  @Test
  void readsATokenThatKyuubiMade() {
    // By issueToken() of 1.12.0's InternalSecurityAccessor, with this secret.
    String token =
        "c39db889576282d5d62218be56e42a6e55c11ce29d6a42525da0f65d2ba808d9"
            + "d6a25467c4cc63f7f2062d027afcb3f04058ef4c8c4e9e2129ecff0d7dfe3b0d"
            + "e2f40badd8d5cbe805cae1a074f99b18";
    assertThat(KyuubiToken.decrypt(token, SECRET, 16))
        .contains(new KyuubiToken(1_795_421_337_539L, 600_000));
  }

  @Test
  void takesTokensOfBothLayouts() {
    String json = KyuubiTokens.json(NOW, LIFE);
    Authenticator authenticator = usual();
    assertThat(authenticator.authenticate("ann", KyuubiTokens.issue(SECRET, NOW), SERVER))
        .isEqualTo("ann");
    assertThat(
            authenticator.authenticate("bob", KyuubiTokens.withoutVector(json, SECRET, 16), SERVER))
        .isEqualTo("bob");
    assertThat(authenticator.speaksForOthers()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 192, 256})
  void fillsAndCutsSecretsAsKyuubiDoes(int keyBits) {
    String json = KyuubiTokens.json(NOW, LIFE);
    for (String secret : List.of("short", "a secret that is longer than any key of AES is")) {
      String token = KyuubiTokens.withVector(json, secret, keyBits / 8);
      assertThat(with(() -> secret, keyBits).authenticate("ann", token, SERVER)).isEqualTo("ann");
    }
  }

  @Test
  void refusesWhatHasExpiredOrIsNotYet() {
    Authenticator authenticator = usual();
    assertRefused(authenticator, KyuubiTokens.issue(SECRET, NOW.minus(LIFE).minusMillis(1)));
    assertRefused(authenticator, KyuubiTokens.issue(SECRET, NOW.plusSeconds(61)));
    assertThat(authenticator.authenticate("a", KyuubiTokens.issue(SECRET, NOW.minus(LIFE)), SERVER))
        .isEqualTo("a");
    String longLived = KyuubiTokens.json(NOW.minus(LIFE).minusMillis(1), Duration.ofDays(365));
    assertRefused(authenticator, KyuubiTokens.withVector(longLived, SECRET, 16));
  }

  @Test
  void refusesWhatWasMadeWithAnotherSecret() {
    assertRefused(usual(), KyuubiTokens.issue("another secret", NOW));
    assertRefused(
        usual(), KyuubiTokens.withoutVector(KyuubiTokens.json(NOW, LIFE), "another secret", 16));
  }

  @Test
  void refusesATokenWithAnyByteChanged() {
    String token = KyuubiTokens.issue(SECRET, NOW);
    Authenticator authenticator = usual();
    List<Integer> taken = new ArrayList<>();
    // The vector only changes the first block, which is blanks and a name.
    for (int i = 32; i < token.length(); i++) {
      char other = token.charAt(i) == '0' ? '1' : '0';
      String altered = token.substring(0, i) + other + token.substring(i + 1);
      try {
        authenticator.authenticate("ann", altered, SERVER);
        taken.add(i);
      } catch (KitsuneException e) {
        assertThat(e.code()).isEqualTo(Authenticator.FAILED);
      }
    }
    assertThat(taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "anonymous",
        "0",
        "00",
        "00000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "zz000000000000000000000000000000"
      })
  void refusesWhatIsNoToken(String token) {
    assertRefused(usual(), token);
    assertRefused(usual(), token.repeat(1025));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"issueDate\" : 1}",
        "{\"maxDate\" : 600000}",
        "{\"issueDate\" : \"1\", \"maxDate\" : 600000}",
        "{\"issueDate\" : 9999999999999999999999, \"maxDate\" : 600000}",
        "{\"issueDate\" : 1, \"issueDate\" : 1, \"maxDate\" : 600000}",
        "{\"issueDate\" : 1, \"maxDate\" : 600000, \"user\" : \"root\"}",
        "[1, 600000]",
        ""
      })
  void refusesWhatSaysSomethingElse(String json) {
    String text = json.replace("\"issueDate\" : 1", "\"issueDate\" : " + NOW.toEpochMilli());
    assertRefused(usual(), KyuubiTokens.withVector(text, SECRET, 16));
  }

  @Test
  void namesNobody() {
    assertThatThrownBy(() -> usual().authenticate("", KyuubiTokens.issue(SECRET, NOW), SERVER))
        .isInstanceOf(KitsuneException.class);
  }

  @Test
  void seesAChangedSecretAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    SecretReference reference = SecretReference.parse("file:" + file);
    Authenticator authenticator = with(reference::read, 128);
    String token = KyuubiTokens.issue(SECRET, NOW);
    authenticator.authenticate("ann", token, SERVER);
    Files.writeString(file, "the next secret");
    assertRefused(authenticator, token);
    authenticator.authenticate("ann", KyuubiTokens.issue("the next secret", NOW), SERVER);
    Files.delete(file);
    assertRefused(authenticator, KyuubiTokens.issue("the next secret", NOW));
  }

  @Test
  void doesNotStartWithoutASecretOrWithOneThatMakesNoKey() {
    SecretReference gone = SecretReference.parse("file:" + folder.resolve("gone"));
    assertThatThrownBy(() -> with(gone::read, 128))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("SECRET_UNAVAILABLE"));
    assertThatThrownBy(() -> with(() -> "schlüssel", 128))
        .hasMessageContaining("characters other than ASCII")
        .hasMessageNotContaining("schl");
  }
}
