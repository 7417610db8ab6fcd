package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.security.cert.X509Certificate;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.document.PinnedCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a custodian meets at a real terminal: questions are asked, what is secret stays off the screen, Ctrl-C ends it.
@ExtendWith(Room.Key.class)
class TerminalTest {
  private static final String PIN_QUESTION = "PIN of token karuta-issuer: ";
  private static final String FINGERPRINT_QUESTION =
      "fingerprint of the issuer's request, as its sender reads it out: ";

  private String pin = "";

  /// A token file that names no PIN file, beside the one that does.
  @BeforeEach
  void askForThePin(Room room) throws Exception {
    var file = room.path("issuer/asking.toml");
    var lines = Files.readAllLines(room.path(Room.ISSUER));
    lines.removeIf(line -> line.startsWith("pin-file"));
    Files.write(file, lines);
    pin = Files.readString(room.path("issuer/pin")).strip();
  }

  private static String[] status() {
    return new String[] {"token", "status", "--token", "issuer/asking.toml"};
  }

  @Test
  void thePinIsAskedForAndNotShown(Room room) throws Exception {
    try (var terminal = Cli.onTerminal(room.path(), "", status())) {
      terminal.await(PIN_QUESTION);
      terminal.type(pin);
      terminal.await("state   up");
      assertThat(terminal.end()).isZero();
      assertThat(terminal.screen()).doesNotContain(pin);
    }
  }

  @Test
  void aWrongPinIsNotShownEither(Room room) throws Exception {
    try (var terminal = Cli.onTerminal(room.path(), "", status())) {
      terminal.await(PIN_QUESTION);
      terminal.type("7777777");
      assertThat(terminal.end()).isEqualTo(3);
      assertThat(terminal.screen()).doesNotContain("7777777").contains("PIN");
    }
  }

  @Test
  void ctrlCAtThePinEndsAtOnceAndTheTerminalEchoesAgain(Room room) throws Exception {
    try (var terminal = Cli.onTerminal(room.path(), "; echo code $?; stty -a", status())) {
      terminal.await(PIN_QUESTION);
      terminal.interrupt();
      terminal.await("interrupted at a question; nothing more was done");
      terminal.await("code 4");
      assertThat(terminal.end()).isZero();
      assertThat(terminal.screen()).containsPattern("[ ;]echo[ ;]");
    }
  }

  @Test
  void theEndOfInputIsNoAnswer(Room room) throws Exception {
    try (var terminal = Cli.onTerminal(room.path(), "", status())) {
      terminal.await(PIN_QUESTION);
      terminal.endInput();
      assertThat(terminal.end()).isOne();
      assertThat(terminal.screen()).contains("no PIN was typed");
    }
  }

  @Test
  void theFingerprintIsTypedAndNeverShownFirst(Room room) throws Exception {
    var fingerprint = request(room, "2026t");
    try (var terminal = Cli.onTerminal(room.path(), "", Room.respond("2026t", "agreement"))) {
      terminal.await(FINGERPRINT_QUESTION);
      assertThat(terminal.screen()).doesNotContain(fingerprint);
      terminal.type("3f21");
      terminal.await("3f21"); // what is no secret is shown: this terminal does echo
      terminal.await("a fingerprint is eight groups of four hex digits; type all of them");
      terminal.await(FINGERPRINT_QUESTION);
      terminal.type("0".repeat(32));
      terminal.await("that is not the fingerprint of this file; have it read out again");
      terminal.await(FINGERPRINT_QUESTION);
      assertThat(terminal.screen()).doesNotContain(fingerprint);
      terminal.type(fingerprint);
      terminal.await("key book-2026t in token karuta-verifier");
      assertThat(terminal.end()).isZero();
    }
  }

  @Test
  void threeWrongFingerprintsEndIt(Room room) throws Exception {
    request(room, "2026w");
    try (var terminal = Cli.onTerminal(room.path(), "", Room.respond("2026w", "agreement"))) {
      for (var time = 0; time < 3; time++) {
        terminal.await(FINGERPRINT_QUESTION);
        terminal.type("1".repeat(32));
      }
      terminal.await("the fingerprint of the issuer's request is another; stop, keep the files");
      assertThat(terminal.end()).isOne();
    }
    assertThat(room.path("agreement/2026w.response")).doesNotExist();
  }

  @Test
  void whatIsDestroyedIsTyped(Room room) throws Exception {
    room.layoutKey("typed");
    var destroy =
        new String[] {
          "layout-key",
          "destroy",
          "--token",
          Room.ISSUER,
          "--batch",
          "typed",
          "--without-report",
          "never used"
        };
    try (var terminal = Cli.onTerminal(room.path(), "", destroy)) {
      terminal.await("type 'destroy layout-typed': ");
      terminal.type("yes");
      terminal.await("that is not 'destroy layout-typed'; nothing was destroyed");
      assertThat(terminal.end()).isOne();
    }
    try (var terminal = Cli.onTerminal(room.path(), "", destroy)) {
      terminal.await("type 'destroy layout-typed': ");
      terminal.type("destroy layout-typed");
      terminal.await("destroyed layout-typed");
      assertThat(terminal.end()).isZero();
    }
  }

  @Test
  void progressIsOneLineThatIsRewritten(Room room) throws Exception {
    room.layoutKey("seen");
    try (var terminal = Cli.onTerminal(room.path(), "", Room.issue("seen", "seen", "--first"))) {
      terminal.await("\r\033[Kmaking cards: 1 of 3");
      terminal.await("\r\033[Kmaking cards: 3 of 3");
      terminal.await("checking: 3 of 3");
      terminal.await("batch seen: 3 cards in seen/seen");
      assertThat(terminal.end()).isZero();
    }
  }

  /// A request whose waiting process has ended; it is good enough to be answered.
  private static String request(Room room, String epoch) throws Exception {
    var arguments =
        Room.with(
            Room.request(epoch, "agreement"),
            "--verifier-certificate",
            "verifier/receipt-1.pem",
            "--wait",
            "0");
    var said = room.run(arguments);
    assertThat(said.err()).contains("no response came");
    var file = CeremonyFile.request(room.path("agreement/" + epoch + ".request"), issuer(room));
    assertThat(said.out()).contains(file.fingerprint().value());
    return file.fingerprint().value();
  }

  private static X509Certificate issuer(Room room) throws Exception {
    return PinnedCertificate.read(room.path("issuer/issuer-1.pem"));
  }
}
