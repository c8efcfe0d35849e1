// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
  /** "swordfish", by {@code htpasswd -nbBC 5 ana swordfish}'s scheme, 2y. */
  private static final String SWORDFISH = hash(BCrypt.Version.VERSION_2Y, 5, "swordfish");

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("passwords");
  }

  @Test
  void trustingLoopbackTakesThisMachinesClientsAtTheirWord() throws UnknownHostException {
    Authenticator authenticator = Authenticator.trustingLoopback();
    assertThat(authenticator.authenticate("ana", "", HERE)).isEqualTo("ana");
    assertThat(authenticator.authenticate("", "", HERE)).isEqualTo("anonymous");
    assertThat(authenticator.authenticate("ana", "", InetAddress.getByName("::1")))
        .isEqualTo("ana");
    InetAddress elsewhere = InetAddress.getByName("192.0.2.1");
    assertRefused(() -> authenticator.authenticate("ana", "", elsewhere));
    assertThat(Authenticator.trustingEverybody().authenticate("ana", "", elsewhere))
        .isEqualTo("ana");
  }

  @Test
  void asksForThePassword() throws IOException {
    write("# the people\n\nana:" + SWORDFISH + "\n");
    Authenticator authenticator = Authenticator.passwordFile(file);
    assertThat(authenticator.authenticate("ana", "swordfish", HERE)).isEqualTo("ana");
    assertRefused(() -> authenticator.authenticate("ana", "sworldfish", HERE));
    assertRefused(() -> authenticator.authenticate("ana", "", HERE));
    assertRefused(() -> authenticator.authenticate("Ana", "swordfish", HERE));
    assertRefused(() -> authenticator.authenticate("", "", HERE));
    assertRefused(() -> authenticator.authenticate("# the people", "", HERE));
    assertRefused(() -> authenticator.authenticate("ana", "x".repeat(100_000), HERE));
  }

  @Test
  void everyRefusalReadsTheSame() throws IOException {
    write("ana:" + SWORDFISH);
    Authenticator authenticator = Authenticator.passwordFile(file);
    String wrongPassword = refusal(() -> authenticator.authenticate("ana", "x", HERE));
    assertThat(refusal(() -> authenticator.authenticate("bob", "x", HERE)))
        .isEqualTo(wrongPassword)
        .doesNotContain("ana", "bob");
    assertThat(refusal(() -> authenticator.authenticate("ana", "x".repeat(73), HERE)))
        .isEqualTo(wrongPassword);
  }

  @Test
  void anUnknownUserTakesAsLongAsAWrongPassword() throws IOException {
    write("ana:" + hash(BCrypt.Version.VERSION_2A, 11, "swordfish"));
    Authenticator authenticator = Authenticator.passwordFile(file);
    // The first refusals make the decoy and warm up.
    refusalNanos(authenticator, "ana");
    refusalNanos(authenticator, "bob");
    long known = Long.MAX_VALUE;
    long unknown = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      known = Math.min(known, refusalNanos(authenticator, "ana"));
      unknown = Math.min(unknown, refusalNanos(authenticator, "bob"));
    }
    // Without a decoy it would be a thousandth.
    assertThat((double) unknown / known).isBetween(0.1, 10.0);
  }

  @Test
  void seesChangesAtOnce() throws IOException {
    write("ana:" + SWORDFISH);
    Authenticator authenticator = Authenticator.passwordFile(file);
    write("bob:" + SWORDFISH);
    assertThat(authenticator.authenticate("bob", "swordfish", HERE)).isEqualTo("bob");
    assertRefused(() -> authenticator.authenticate("ana", "swordfish", HERE));
    // Of the same length, in the same instant of the file system's clock.
    FileTime instant = Files.getLastModifiedTime(file);
    write("eva:" + SWORDFISH);
    Files.setLastModifiedTime(file, instant);
    assertThat(authenticator.authenticate("eva", "swordfish", HERE)).isEqualTo("eva");
  }

  @Test
  void seesThatAnOldFileTookItsPlace() throws IOException {
    write("ana:" + SWORDFISH);
    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file, old);
    Authenticator authenticator = Authenticator.passwordFile(file);
    assertThat(authenticator.authenticate("ana", "swordfish", HERE)).isEqualTo("ana");
    Path other = folder.resolve("other");
    Files.copy(file, other, StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(other, "bob:" + SWORDFISH);
    Files.setLastModifiedTime(other, old);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(authenticator.authenticate("bob", "swordfish", HERE)).isEqualTo("bob");
  }

  @Test
  void aBrokenFileLeavesWhatWasReadBefore() throws IOException {
    write("ana:" + SWORDFISH);
    Authenticator authenticator = Authenticator.passwordFile(file);
    write("ana:swordfish");
    assertThat(authenticator.authenticate("ana", "swordfish", HERE)).isEqualTo("ana");
    Files.delete(file);
    assertThat(authenticator.authenticate("ana", "swordfish", HERE)).isEqualTo("ana");
    write("bob:" + SWORDFISH);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(() -> authenticator.authenticate("bob", "swordfish", HERE));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(authenticator.authenticate("bob", "swordfish", HERE)).isEqualTo("bob");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        ":hunter2",
        "ana:hunter2",
        "ana:$2y$05$hunter2",
        "ana:$2y$31$abcdefghijklmnopqrstuuGk3RYHE7gCVwTtwxwwwwwwwwwwwwwww",
        "ana:$apr1$hunter2$hunter2"
      })
  void refusesAFileThatIsWrongWithoutRepeatingIt(String line) throws IOException {
    write("# first\n" + line);
    assertThatThrownBy(() -> Authenticator.passwordFile(file))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> assertThat(error.code()).isEqualTo("AUTHENTICATION_FILE_INVALID"))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesAFileThatIsMissingOrOpenToEverybody() throws IOException {
    assertThatThrownBy(() -> Authenticator.passwordFile(file))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining(file.toString());
    write("ana:" + SWORDFISH + "\nana:" + SWORDFISH);
    assertThatThrownBy(() -> Authenticator.passwordFile(file))
        .hasMessageContaining("line 2 has a user a second time");
    write("ana:" + SWORDFISH);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----r--"));
    assertThatThrownBy(() -> Authenticator.passwordFile(file))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("chmod 600");
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String hash(BCrypt.Version version, int cost, String password) {
    return BCrypt.with(version).hashToString(cost, password.toCharArray());
  }

  private static long refusalNanos(Authenticator authenticator, String user) {
    long before = System.nanoTime();
    assertRefused(() -> authenticator.authenticate(user, "wrong", HERE));
    return System.nanoTime() - before;
  }

  private static String refusal(ThrowingCallable call) {
    return catchThrowable(call).getMessage();
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> {
              assertThat(error.code()).isEqualTo("AUTHENTICATION_FAILED");
              assertThat(error.sqlState()).isEqualTo("28000");
            });
  }
}
