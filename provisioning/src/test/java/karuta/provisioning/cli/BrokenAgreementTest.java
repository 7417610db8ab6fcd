package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import karuta.demo.process.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What goes wrong between two hosts at two in the morning, and what the program says to do.
@ExtendWith(Room.Key.class)
class BrokenAgreementTest {
  @Test
  void aResponseThatIsHalfCopiedIsWaitedFor(Room room) throws Exception {
    Files.createDirectories(room.path("stick"));
    var issuer =
        room.begin(
            Room.with(
                Room.request("2026h", "agreement"),
                "--verifier-certificate",
                "verifier/receipt-1.pem",
                "--rehearsal"));
    var request = room.path("agreement/2026h.request");
    Waiting.until("the request", () -> Files.exists(request));
    Files.copy(request, room.path("stick/2026h.request"));
    room.done(respond("2026h", "stick"));
    var response = Files.readAllBytes(room.path("stick/2026h.response"));
    var arriving = room.path("agreement/2026h.response");
    Files.write(arriving, Arrays.copyOf(response, response.length / 2));
    Waiting.until("a look", () -> issuer.err().contains("waiting for the whole file"));
    Files.write(arriving, response);
    var end = issuer.end();
    assertThat(end.exitCode()).as(end.err()).isZero();
    assertThat(room.path("agreement/2026h.confirmation")).exists();
  }

  @Test
  void aKeyLeftBehindIsNamedAndCanBeDestroyed(Room room) throws Exception {
    Files.createDirectories(room.path("lost"));
    room.run(
        Room.with(
            Room.request("2026l", "lost"),
            "--verifier-certificate",
            "verifier/receipt-1.pem",
            "--wait",
            "0"));
    room.done(respond("2026l", "lost"));
    Files.delete(room.path("lost/2026l.response"));
    var again = room.run(respond("2026l", "lost"));
    assertThat(again.exitCode()).as(again.err()).isOne();
    assertThat(again.err()).contains("karuta agree abandon --epoch 2026l");
    var abandoned =
        room.done(
            "agree",
            "abandon",
            "--token",
            Room.VERIFIER,
            "--epoch",
            "2026l",
            "--confirm",
            "destroy book-2026l");
    assertThat(abandoned.err()).contains("ask the custodian of the other token first");
    room.done(respond("2026l", "lost"));
  }

  @Test
  void aCertificateThatWasLostIsWrittenAgain(Room room) throws Exception {
    var create =
        new String[] {
          "signing-key",
          "create",
          "--token",
          Room.ISSUER,
          "--label",
          "issuer-7",
          "--certificate",
          "7.pem"
        };
    var made = room.done(create);
    var first = Files.readString(room.path("7.pem"));
    Files.delete(room.path("7.pem"));
    var again = room.run(create);
    assertThat(again.exitCode()).isOne();
    assertThat(again.err()).contains("for its certificate: karuta signing-key certificate");
    var found =
        room.done(
            "signing-key",
            "certificate",
            "--token",
            Room.ISSUER,
            "--label",
            "issuer-7",
            "--certificate",
            "7.pem");
    assertThat(Files.readString(room.path("7.pem"))).isEqualTo(first);
    assertThat(made.out()).endsWith(found.out());
    var destroy =
        new String[] {"signing-key", "destroy", "--token", Room.ISSUER, "--label", "issuer-7"};
    var other = room.run(Room.with(destroy, "--confirm", "destroy issuer-1"));
    assertThat(other.exitCode()).isOne();
    assertThat(other.err()).contains("nothing can be signed with it again", "back up the token");
    room.done(Room.with(destroy, "--confirm", "destroy issuer-7"));
    Files.delete(room.path("7.pem"));
    room.done(create);
  }

  @Test
  void whoDestroysAKeyOfTheGuardIsToldWhatEnds(Room room) throws Exception {
    for (var label : List.of("receipt-8", "seal-8")) {
      room.done(
          Room.with(
              "signing-key create --token verifier/token.toml --label".split(" "),
              label,
              "--certificate",
              label + ".pem"));
      var destroy =
          Room.with("signing-key destroy --token verifier/token.toml --label".split(" "), label);
      var refused = room.run(Room.with(destroy, "--confirm", "yes"));
      assertThat(refused.exitCode()).as(refused.err()).isOne();
      assertThat(refused.err())
          .contains("a guard whose configuration names it judges nothing from then on")
          .contains("that is not 'destroy " + label + "'; nothing was destroyed");
      room.done(Room.with(destroy, "--confirm", "destroy " + label));
    }
  }

  private static String[] respond(String epoch, String directory) {
    return Room.with(Room.respond(epoch, directory), "--rehearsal");
  }
}
