package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import karuta.demo.process.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A command meant for one token and given the other refuses, by name and serial; a file that calls a token what it is
/// not is contradicted by the token's own keys.
@ExtendWith(Room.Key.class)
class RoleTest {
  private static final String AGREEMENT =
      " --dir agreement --rehearsal --development --epoch 2028a";

  /// Each on the wrong token. Before the role was asked for, the first four made or destroyed a stray key, or tried to.
  private static final List<String> ON_THE_VERIFIER =
      List.of(
          "layout-key create --batch stray",
          "layout-key destroy --batch stray --without-report unused --confirm x",
          "signing-key create --label issuer-5 --certificate stray.pem",
          "signing-key destroy --label issuer-5 --confirm x",
          "agree request --signing-key receipt-1 --verifier-certificate verifier/receipt-1.pem"
              + AGREEMENT,
          "batch issue --signing-key receipt-1 --batch stray --first --subjects orders.csv --out"
              + " stray --agreement agreement/2026a.confirmation --bureau-certificate"
              + " pki/bureau.pem");

  private static final List<String> ON_THE_ISSUER =
      List.of(
          "signing-key create --label receipt-5 --certificate stray.pem",
          "signing-key certificate --label receipt-1 --certificate stray.pem",
          "signing-key create --label seal-5 --certificate stray.pem",
          "signing-key destroy --label seal-1 --confirm x",
          "keys forget-guard --guard tokyo-1 --confirm x",
          "agree respond --signing-key issuer-1 --issuer-certificate issuer/issuer-1.pem"
              + AGREEMENT.replace("2028a", "2028b"),
          "agree complete --issuer-certificate issuer/issuer-1.pem --dir agreement --epoch 2026a"
              + " --verifier-certificate verifier/receipt-1.pem --record stray.toml");

  @Test
  void theOtherTokenIsRefusedByNameAndSerial(Room room) throws Exception {
    room.run(
        Room.with(
            Room.request("2028b", "agreement"),
            "--verifier-certificate",
            "verifier/receipt-1.pem",
            "--wait",
            "0"));
    var before = World.of(room);
    for (var command : ON_THE_VERIFIER) {
      assertRefused(on(room, Room.VERIFIER, command), "verifier", "issuer", command);
    }
    for (var command : ON_THE_ISSUER) {
      assertRefused(on(room, Room.ISSUER, command), "issuer", "verifier", command);
    }
    assertThat(World.of(room).changesSince(before)).isEmpty();
  }

  /// Both keys are on the token; what the verifier says to the issuer is signed by the one whose certificate the issuer
  /// has.
  @Test
  void aSealKeySignsNoAgreement(Room room) throws Exception {
    room.run(
        Room.with(
            Room.request("2028d", "agreement"),
            "--verifier-certificate",
            "verifier/seal-1.pem",
            "--wait",
            "0"));
    var before = World.of(room);
    var refused =
        on(
            room,
            Room.VERIFIER,
            "agree respond --signing-key seal-1 --issuer-certificate issuer/issuer-1.pem"
                + AGREEMENT.replace("2028a", "2028d"));
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains("a key named receipt-N is needed here, not 'seal-1'");
    assertThat(World.of(room).changesSince(before)).isEmpty();
  }

  private static void assertRefused(Ended run, String is, String wanted, String command) {
    assertThat(run.err())
        .as(command)
        .containsPattern(
            "this is the %s token karuta-%s \\(serial [0-9a-f]{16}\\); .* the %s token"
                .formatted(is, is, wanted));
    assertThat(run.exitCode()).as(command).isOne();
  }

  private static Ended on(Room room, String token, String command) {
    return room.run(Room.with(command.split(" "), "--token", token));
  }

  /// A line in a file is easily changed; the keys on the token are not.
  @Test
  void aFileThatCallsTheTokenWhatItIsNotIsContradictedByItsKeys(Room room) throws Exception {
    var file = Files.readString(room.path(Room.VERIFIER));
    Files.writeString(
        room.path("verifier/lying.toml"), file.replace("role = \"verifier\"", "role = \"issuer\""));
    var made = on(room, "verifier/lying.toml", "layout-key create --batch stray");
    assertThat(made.exitCode()).as(made.err()).isOne();
    assertThat(made.err())
        .containsPattern(
            "the token file calls karuta-verifier \\(serial [0-9a-f]{16}\\) an issuer token, but it"
                + " holds the key [a-z0-9-]+, which belongs on a verifier token");
  }

  @Test
  void aFileWithoutTheLineIsToldWhatToAdd(Room room) throws Exception {
    var lines = Files.readAllLines(room.path(Room.ISSUER));
    lines.removeIf(line -> line.startsWith("role"));
    Files.write(room.path("issuer/old.toml"), lines);
    var status = on(room, "issuer/old.toml", "token status");
    assertThat(status.exitCode()).as(status.err()).isEqualTo(2);
    assertThat(status.err())
        .contains(
            "issuer/old.toml: say under [token] what the token is for: role = \"issuer\" or"
                + " role = \"verifier\"");
  }
}
