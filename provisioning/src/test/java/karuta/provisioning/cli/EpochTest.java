package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import karuta.demo.process.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A book key ends in one of two ways: an agreement that came to nothing is abandoned; one that was completed is
/// retired, by somebody who says how many cards that ends.
@ExtendWith(Room.Key.class)
class EpochTest {
  @Test
  void aCompletedAgreementIsNotAbandonedOnEitherToken(Room room) throws Exception {
    room.agree("2027a");
    for (var token : new String[] {Room.ISSUER, Room.VERIFIER}) {
      var abandoned = abandon(room, token, "2027a");
      assertThat(abandoned.exitCode()).as(abandoned.err()).isOne();
      assertThat(abandoned.err())
          .contains("epoch 2027a is finished on token", "cards may rest on it", "epoch retire");
    }
    assertThat(room.complete("2027a", "again.toml").out()).contains("both tokens hold the same");
  }

  @Test
  void anAgreementIsCompletedAsOftenAsNeeded(Room room) throws Exception {
    room.agree("2027f");
    var again = room.complete("2027f", "2027f.toml");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("epoch record 2027f.toml is there and says the same");
    var record = room.path("2027f.toml");
    Files.writeString(record, Files.readString(record).replace("2027f", "2027g"));
    var other = room.complete("2027f", "2027f.toml");
    assertThat(other.exitCode()).as(other.err()).isEqualTo(2);
    assertThat(other.err()).contains("2027f.toml: exists and is never overwritten");
  }

  @Test
  void whatIsNotThereIsNotDestroyedNotEvenInADryRun(Room room) {
    for (var command :
        List.of(
            "agree abandon --epoch nothing --confirm x",
            "layout-key destroy --batch nothing --without-report unused --confirm x",
            "signing-key destroy --label issuer-99 --confirm x")) {
      for (var more : List.of("", " --dry-run")) {
        var run = room.run(Room.with((command + more).split(" "), "--token", Room.ISSUER));
        assertThat(run.exitCode()).as(command + more).isEqualTo(2);
        assertThat(run.out()).as(command + more).isEmpty();
        assertThat(run.err())
            .as(command + more)
            .containsPattern("has no key \\S+; nothing was destroyed");
      }
    }
  }

  @Test
  void anEpochIsRetiredByWhoeverSaysHowManyCardsItEnds(Room room) throws Exception {
    room.agree("2027b");
    var wrong = retire(room, Room.VERIFIER, "2027b", "3", "retire book-2027b");
    assertThat(wrong.exitCode()).as(wrong.err()).isOne();
    assertThat(wrong.err())
        .contains("3 cards can never be answered again", "back up the token first")
        .contains("that is not 'retire book-2027b and 3 cards'; nothing was destroyed");
    var right = retire(room, Room.VERIFIER, "2027b", "3", "retire book-2027b and 3 cards");
    assertThat(right.exitCode()).as(right.err()).isZero();
    assertThat(right.out()).contains("destroyed book-2027b in token karuta-verifier");
    assertThat(room.complete("2027b", "gone.toml").err()).contains("no key book-2027b");
    assertThat(retire(room, Room.VERIFIER, "2027b", "3", "retire book-2027b and 3 cards").err())
        .contains("no key book-2027b");
    assertThat(retire(room, Room.ISSUER, "2027b", "0", "retire book-2027b and 0 cards").exitCode())
        .isZero();
  }

  /// Files of the old epoch lie about; a new key of that name would be taken for the old one.
  @Test
  void theNameOfARetiredEpochIsNotGivenAgain(Room room) throws Exception {
    room.agree("2027c");
    retire(room, Room.VERIFIER, "2027c", "0", "retire book-2027c and 0 cards");
    Files.delete(room.path("usb/2027c.response"));
    var again = room.run(Room.with(Room.respond("2027c", "usb"), "--rehearsal"));
    assertThat(again.exitCode()).as(again.err()).isOne();
    assertThat(again.err()).contains("epoch 2027c was retired on token karuta-verifier");
  }

  @Test
  void whatIsNotFinishedIsNotRetired(Room room) throws Exception {
    Files.createDirectories(room.path("usb"));
    room.run(Room.with(Room.rehearsed("2027d"), "--wait", "0"));
    room.done(Room.with(Room.respond("2027d", "usb"), "--rehearsal"));
    var retired = retire(room, Room.VERIFIER, "2027d", "0", "retire book-2027d and 0 cards");
    assertThat(retired.exitCode()).as(retired.err()).isOne();
    assertThat(retired.err()).contains("epoch 2027d is not finished", "karuta agree abandon");
    assertThat(abandon(room, Room.VERIFIER, "2027d").exitCode()).isZero();
  }

  /// The issuer's process may end between the confirmation and the mark; the first batch makes it up.
  @Test
  void aBatchFinishesTheEpochOfAnInterruptedAgreement(Room room) throws Exception {
    room.agree("2027e");
    var unmarked =
        Cli.start(room.path(), Unmark.class, List.of(), "--token", Room.ISSUER, "2027e").end();
    assertThat(unmarked.exitCode()).as(unmarked.err()).isZero();
    room.layoutKey("unmarked");
    room.done(
        Room.with(
            ("batch issue --token issuer/token.toml --signing-key issuer-1 --batch unmarked --first"
                    + " --subjects orders.csv --agreement usb/2027e.confirmation"
                    + " --bureau-certificate pki/bureau.pem --out unmarked")
                .split(" ")));
    assertThat(abandon(room, Room.ISSUER, "2027e").err()).contains("epoch 2027e is finished");
  }

  private static Ended abandon(Room room, String token, String epoch) {
    return room.run(
        "agree",
        "abandon",
        "--token",
        token,
        "--epoch",
        epoch,
        "--confirm",
        "destroy book-" + epoch);
  }

  private static Ended retire(
      Room room, String token, String epoch, String cards, String sentence) {
    return room.run(
        "epoch",
        "retire",
        "--token",
        token,
        "--epoch",
        epoch,
        "--cards",
        cards,
        "--confirm",
        sentence);
  }
}
