package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import karuta.demo.process.Waiting;
import karuta.testing.Terminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The sentence may be typed long after it was asked for, on a terminal that somebody left open: what happened
/// meanwhile counts.
@ExtendWith(Room.Key.class)
class WaitingDestructionTest {
  private TestCustodians custodians;
  private Room room;

  @BeforeEach
  void name(Room found) throws Exception {
    room = found;
    custodians = room.custodians();
  }

  @Test
  void aRequestThatEndsMeanwhileIsRefused() throws Exception {
    room.layoutKey("wait-late");
    var late =
        Cli.start(room.path(), LateCustodian.class, List.of(), approvedLayout("wait-late")).end();
    assertThat(late.exitCode()).as(late.err()).isOne();
    assertThat(late.err()).contains("the request was to be carried out before 20");
    assertThat(audit(TestCustodians.ISSUER)).contains("layout-wait-late: presence");
  }

  /// Two terminals with the same approvals: the second destroys nothing, though a key of that name is there again.
  @Test
  void aRequestThatAnotherProcessCarriesOutMeanwhileIsRefused() throws Exception {
    room.layoutKey("wait-once");
    var words = approvedLayout("wait-once");
    refusedAfter(
        words,
        "destroy layout-wait-once",
        () -> {
          room.done(Room.with(words, "--confirm", "destroy layout-wait-once"));
          room.layoutKey("wait-once");
        },
        "the request was carried out before");
    assertThat(audit(TestCustodians.ISSUER)).contains("layout-wait-once: presence");
  }

  @Test
  void aKeyThatIsMadeAnewMeanwhileIsNotTheOneThatWasApproved() throws Exception {
    room.layoutKey("wait-key");
    refusedAfter(
        approvedLayout("wait-key"),
        "destroy layout-wait-key",
        () -> {
          room.done(
              Room.with(
                  "layout-key destroy --batch wait-key --without-report unused --confirm"
                      .split(" "),
                  "destroy layout-wait-key",
                  "--token",
                  Room.ISSUER));
          room.layoutKey("wait-key");
        },
        "the request was made for another one of that name: key layout-wait-key");
    assertThat(audit(TestCustodians.ISSUER)).contains("layout-wait-key: presence");
  }

  /// Cards may rest on the key by then.
  @Test
  void anAgreementThatIsCompletedMeanwhileIsNotAbandoned() throws Exception {
    Files.createDirectories(room.path("usb"));
    var asking = room.begin(Room.rehearsed("2032a"));
    Waiting.until(
        "the request", () -> Files.exists(room.path("usb/2032a.request")) || asking.ended());
    room.done(Room.with(Room.respond("2032a", "usb"), "--rehearsal"));
    asking.done();
    for (var token : List.of(TestCustodians.VERIFIER, Room.VERIFIER)) {
      var words = "agree abandon --epoch 2032a --token".split(" ");
      refusedAfter(
          token.equals(Room.VERIFIER) ? Room.with(words, token) : approved(Room.with(words, token)),
          "destroy book-2032a",
          () -> assertThat(room.complete("2032a", "2032a.toml").exitCode()).isZero(),
          "epoch 2032a is finished on token karuta-verifier");
      unmark("2032a");
    }
    assertThat(audit(TestCustodians.VERIFIER)).contains("book-2032a: presence");
  }

  private void unmark(String epoch) throws Exception {
    Files.delete(room.path(epoch + ".toml"));
    var ended =
        Cli.start(room.path(), Unmark.class, List.of(), "--token", Room.VERIFIER, epoch).end();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
  }

  /// So it is on a token for development too.
  @Test
  void aGuardThatWritesOnMeanwhileIsNotForgotten() throws Exception {
    room.remember("nara-1", 1000);
    refusedAfter(
        "keys forget-guard --token verifier/token.toml --guard nara-1".split(" "),
        "forget guard nara-1",
        () -> room.remember("nara-1", 2000),
        "what would be done has changed since it was asked; nothing was destroyed");
    assertThat(audit(Room.VERIFIER)).contains("guard nara-1 may have written up to number 2000");
  }

  @FunctionalInterface
  private interface Meanwhile {
    void happens() throws Exception;
  }

  private void refusedAfter(String[] words, String sentence, Meanwhile meanwhile, String why)
      throws Exception {
    try (Terminal terminal = Cli.onTerminal(room.path(), "", words)) {
      terminal.await("type '" + sentence + "': ");
      meanwhile.happens();
      terminal.type(sentence);
      assertThat(terminal.end()).as(terminal.screen()).isOne();
      assertThat(terminal.screen()).contains(why).doesNotContain("destroyed " + sentence);
    }
  }

  private String[] approvedLayout(String batch) throws Exception {
    return approved(
        Room.with(
            "layout-key destroy --token".split(" "),
            TestCustodians.ISSUER,
            "--batch",
            batch,
            "--without-report",
            "unused"));
  }

  /// Asks for a request, and gives the words that carry it out.
  private String[] approved(String[] words) throws Exception {
    var file = "waiting-" + String.join("-", words).replaceAll("[^a-z0-9-]", "") + ".destroy";
    var reason =
        List.of(words).contains("--without-report")
            ? new String[0]
            : new String[] {"--reason", "unused"};
    room.done(Room.with(Room.with(words, "--new-request", file), reason));
    return Room.with(words, custodians.approved(file, 1, 2));
  }

  private String audit(String token) {
    return room.run("keys", "audit", "--token", token, "--expect", "no").out();
  }
}
