package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import karuta.approval.ApprovalRequest;
import karuta.demo.process.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Where a token has custodians, none of them destroys anything alone: the request says what, and each approval is good
/// for exactly that, once.
@ExtendWith(Room.Key.class)
class TwoCustodiansTest {
  private TestCustodians custodians;
  private Room room;

  @BeforeEach
  void name(Room found) throws Exception {
    room = found;
    custodians = room.custodians();
  }

  @Test
  void theRequestSaysWhatIsDestroyedAndWhatHangsOnIt() throws Exception {
    room.agree("2031a");
    var checkValue =
        Files.readAllLines(room.path("2031a.toml")).stream()
            .filter(line -> line.startsWith("check-value"))
            .map(line -> line.replaceAll(".*\"(.*)\"", "$1"))
            .findFirst()
            .orElseThrow();
    var asked = ask("2031a.destroy", "epoch retire --epoch 2031a --cards 3", "期限切れ");
    var request = custodians.read("2031a.destroy");
    assertThat(request.addressee()).matches("token karuta-verifier \\(serial [0-9a-f]{16}\\)");
    assertThat(request.reason()).isEqualTo("期限切れ");
    assertThat(request.state().getFirst()).isEqualTo("key book-2031a check value " + checkValue);
    assertThat(request.state().get(1)).isEqualTo("custodians 2 of 3");
    assertThat(request.actions().getFirst())
        .matches("destroy the key book-2031a in token karuta-verifier .*, for ever");
    assertThat(request.actions().get(1)).startsWith("3 cards can never be answered again");
    assertThat(Duration.between(Instant.now(), request.expires())).isBetween(hours(23), hours(25));
    assertThat(asked.out())
        .contains("3 cards can never be answered again", request.digest().english())
        .contains("2031a.destroy: 2 of 3 custodians approve it, with karuta custodian approve");
    assertThat(audit(TestCustodians.VERIFIER).out()).contains("book-2031a: presence");
    assertThat(retire("2031a", 3, custodians.approved("2031a.destroy", 1, 3)).exitCode()).isZero();
    assertThat(audit(TestCustodians.VERIFIER).out())
        .doesNotContain("book-2031a")
        .contains(
            "request number %d was carried out last, digest %s\n"
                .formatted(request.number(), request.digest().groups()));
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  @Test
  void theDryRunSaysAllThatTheRequestIsSignedOver() throws Exception {
    room.layoutKey("two-dry");
    var words = layout("two-dry", "--without-report", "unused", "--dry-run");
    var said = room.run(words);
    assertThat(said.out())
        .containsPattern("would remember in token karuta-issuer .* that request number [0-9]+ was")
        .contains("would destroy the key layout-two-dry in token");
    var plan = said.out().replaceAll("(?s).*\nplan ([0-9a-f]{64})\n", "$1");
    var asking = asking("two-dry", "--without-report", "unused", "--new-request", "dry.destroy");
    var dry = room.done(Room.with(asking, "--dry-run"));
    assertThat(dry.out()).contains("would write dry.destroy, a request to 2 custodians", plan);
    assertThat(room.path("dry.destroy")).doesNotExist();
    room.done(asking);
    assertThat(custodians.read("dry.destroy").state()).contains("plan " + plan);
    assertThat(custodians.read("dry.destroy").reason()).isEqualTo("unused");
    assertThat(room.run(asking).err()).contains("dry.destroy: exists and is never overwritten");
  }

  @Test
  void aCustodianApprovesOnAMachineOfTheirOwn() throws Exception {
    room.layoutKey("two-own");
    room.done(asking("two-own", "--without-report", "印刷所の火事", "--new-request", "own.destroy"));
    for (var number : List.of(1, 2)) {
      var approved =
          room.done(
              "custodian",
              "approve",
              "--request",
              "own.destroy",
              "--certificate",
              "issuer/custodian-%d.pem".formatted(number),
              "--key",
              custodians.key(number).toString(),
              "--digest",
              custodians.read("own.destroy").digest().japanese(),
              "--out",
              "own-%d.approval".formatted(number));
      assertThat(approved.out())
          .contains("reason: 印刷所の火事", "without the bureau's report, for the reason above")
          .contains("approved by CN=custodian-" + number);
    }
    var destroyed =
        room.run(
            layout(
                "two-own",
                ("--request own.destroy --approval own-1.approval --approval own-2.approval"
                        + " --without-report 印刷所の火事")
                    .split(" ")));
    assertThat(destroyed.exitCode()).as(destroyed.err()).isZero();
    assertThat(destroyed.err())
        .containsPattern("approved by CN=custodian-1,.*, certificate SHA-256 [0-9a-f]{64}\n")
        .contains("approved by CN=custodian-2,", custodians.fingerprint(2))
        .contains("without the bureau's report: 印刷所の火事");
    assertThat(destroyed.out()).contains("destroyed layout-two-own in token karuta-issuer");
  }

  @Test
  void fewerThanTwoDifferentCustodiansAreNotEnough() throws Exception {
    room.layoutKey("two-few");
    askForLayout("two-few");
    refused("two-few", "2 of the token's 3 custodians approve this first", new String[0]);
    refused("two-few", "0 of the 2 approvals that it takes", by("two-few"));
    refused("two-few", "1 of the 2 approvals that it takes", by("two-few", 1));
    refused("two-few", "1 of the 2 approvals that it takes", by("two-few", 2, 2));
    refused(
        "two-few",
        "custodian-2,O=Karuta development\\, not for production counts once",
        by("two-few", 2, 2));
    refused("two-few", "not by one of the custodians", by("two-few", 1, 4));
    assertThat(destroy("two-few", by("two-few", 1, 2)).exitCode()).isZero();
  }

  /// Whoever reads a certificate's end in the calendar too late learns it from the commands in time.
  @Test
  void custodiansCertificatesAreLookedAt() throws Exception {
    room.layoutKey("two-dated");
    var days = Duration.ofDays(1);
    custodians =
        TestCustodians.of(room, days.multipliedBy(9), days.negated(), days.multipliedBy(90), days);
    var asking = asking("two-dated", "--without-report", "unused", "--new-request");
    var asked = room.done(Room.with(asking, "two-dated.destroy"));
    assertThat(asked.err())
        .containsPattern(
            "of one of the custodians \\(CN=custodian-1,.*\\) ends at 20.*; get a new one in time\n")
        .containsPattern("of one of the custodians \\(CN=custodian-2,.*\\) ended at 20")
        .doesNotContain("custodian-3");
    refused("two-dated", "(CN=custodian-2,", by("two-dated", 1, 2));
    var signed = approving("two-dated", 1);
    assertThat(signed.exitCode()).as(signed.err()).isZero();
    assertThat(signed.err()).containsPattern("custodian-1.pem .* ends at 20.*; get a new one in");
    var ended = approving("two-dated", 2);
    assertThat(ended.exitCode()).as(ended.err()).isOne();
    assertThat(ended.err())
        .containsPattern("the certificate issuer/custodian-2.pem .* ended at 20");
    TestCustodians.of(room, days.negated(), days.negated(), days, days);
    var nobody = room.run(Room.with(asking, "nobody.destroy"));
    assertThat(nobody.exitCode()).as(nobody.err()).isOne();
    assertThat(nobody.err())
        .contains(
            "2 of the 3 custodians have to approve it, and the certificates of 1 are in force")
        .containsPattern("custodian-1,.* ended at 20");
    assertThat(room.path("nobody.destroy")).doesNotExist();
    custodians.install();
    var destroyed = destroy("two-dated", by("two-dated", 1, 3));
    assertThat(destroyed.exitCode()).as(destroyed.err()).isZero();
    assertThat(destroyed.err())
        .containsPattern("custodian-1,.* ends at 20.*; get a new one in time");
  }

  private Ended approving(String batch, int number) throws Exception {
    return room.run(
        ("custodian approve --request %s.destroy --certificate issuer/custodian-%d.pem --key %s"
                + " --digest %s --out %s-%d.dated")
            .formatted(
                batch,
                number,
                custodians.key(number),
                custodians.read(batch + ".destroy").digest().hex(),
                batch,
                number)
            .split(" "));
  }

  @Test
  void theSentenceIsTypedAsWell() throws Exception {
    room.layoutKey("two-typed");
    askForLayout("two-typed");
    var words =
        Room.with(
            "layout-key destroy --batch two-typed --without-report unused --confirm yes".split(" "),
            "--token",
            TestCustodians.ISSUER);
    var wrong = room.run(Room.with(words, by("two-typed", 1, 2)));
    assertThat(wrong.exitCode()).as(wrong.err()).isOne();
    assertThat(wrong.err()).contains("that is not 'destroy layout-two-typed'");
    assertThat(destroy("two-typed", by("two-typed", 1, 2)).exitCode()).isZero();
  }

  @Test
  void aRequestEnds() throws Exception {
    room.layoutKey("two-late");
    askForLayout("two-late");
    var until = custodians.read("two-late.destroy").expires();
    change("two-late", until.minus(Duration.ofHours(25)));
    refused("two-late", "the request was to be carried out before 20", by("two-late", 1, 2));
    change("two-late", until);
    assertThat(destroy("two-late", by("two-late", 1, 2)).exitCode()).isZero();
  }

  /// Whoever writes a request by hand writes what they like.
  @Test
  void aRequestThatEndsLaterThanAnyCanIsRefused() throws Exception {
    room.layoutKey("two-long");
    askForLayout("two-long");
    var until = custodians.read("two-long.destroy").expires();
    change("two-long", until.plus(Duration.ofDays(7)));
    refused("two-long", "and none is for more than 168 hours", by("two-long", 1, 2));
    change("two-long", until.plus(Duration.ofHours(143)));
    assertThat(destroy("two-long", by("two-long", 1, 2)).exitCode()).isZero();
  }

  private void change(String batch, Instant expires) throws Exception {
    change(
        batch,
        r ->
            new ApprovalRequest(
                r.addressee(), r.number(), expires, r.reason(), r.state(), r.actions()));
  }

  private void change(String batch, UnaryOperator<ApprovalRequest> other) throws Exception {
    custodians.change(batch + ".destroy", other);
  }

  /// Both tokens have a key of that name: what was approved for the one is no good for the other.
  @Test
  void anApprovalIsForOneToken() throws Exception {
    room.agree("2031b");
    ask("2031b.destroy", "epoch retire --epoch 2031b --cards 0", "unused");
    var elsewhere =
        room.run(
            Room.with(
                retirement("2031b", 0, TestCustodians.ISSUER),
                custodians.approved("2031b.destroy", 1, 2)));
    assertThat(elsewhere.exitCode()).as(elsewhere.err()).isOne();
    assertThat(elsewhere.err())
        .containsPattern(
            "the request is for token karuta-verifier .*, and this is token karuta-issuer")
        .contains("nothing was destroyed");
  }

  @Test
  void anApprovalIsForOneKey() throws Exception {
    room.layoutKey("two-key");
    askForLayout("two-key");
    var approved = by("two-key", 1, 2);
    alone("two-key");
    room.layoutKey("two-key");
    refused(
        "two-key",
        "the request was made for another one of that name: key layout-two-key",
        approved);
    askForLayout("two-key-2", "two-key");
    assertThat(destroy("two-key", by("two-key-2", 1, 2)).exitCode()).isZero();
  }

  @Test
  void anApprovalIsForOneNumberOfCards() throws Exception {
    room.agree("2031c");
    ask("2031c.destroy", "epoch retire --epoch 2031c --cards 0", "unused");
    var approved = custodians.approved("2031c.destroy", 1, 2);
    var more = retire("2031c", 7, approved);
    assertThat(more.exitCode()).as(more.err()).isOne();
    assertThat(more.err())
        .contains("the request is for something else", "0 cards can never be answered again")
        .contains("nothing was destroyed");
    assertThat(retire("2031c", 0, approved).exitCode()).isZero();
  }

  /// Whoever signs reads how many have to, and it is so when it is carried out.
  @Test
  void anApprovalIsForSoManyCustodians() throws Exception {
    room.layoutKey("two-count");
    askForLayout("two-count");
    var file = room.path(TestCustodians.ISSUER);
    var named = Files.readString(file);
    Files.writeString(file, named.replace("required = 2", "required = 3"));
    refused(
        "two-count",
        "the request was made for others than the token file names: custodians 3 of 3",
        by("two-count", 1, 2, 3));
    Files.writeString(file, named);
    assertThat(destroy("two-count", by("two-count", 1, 2)).exitCode()).isZero();
  }

  /// The number is spent, so it makes no difference who has signed what, or will.
  @Test
  void aRequestIsWithdrawn() throws Exception {
    room.layoutKey("two-back");
    askForLayout("two-back");
    var number = custodians.read("two-back.destroy").number();
    var approved = by("two-back", 1, 2);
    var withdrawing =
        new String[] {
          "keys", "withdraw-request", "--token", Room.ISSUER, "--request", "two-back.destroy"
        };
    assertThat(room.done(Room.with(withdrawing, "--dry-run")).out())
        .containsPattern(
            "would remember in token karuta-issuer .* that request number %d was withdrawn"
                .formatted(number));
    var elsewhere =
        room.run(
            "keys withdraw-request --token verifier/token.toml --request two-back.destroy"
                .split(" "));
    assertThat(elsewhere.exitCode()).as(elsewhere.err()).isOne();
    assertThat(elsewhere.err()).contains("the request is for token karuta-issuer");
    assertThat(room.done(withdrawing).out())
        .contains("request number %d is withdrawn in token karuta-issuer".formatted(number));
    assertThat(audit(TestCustodians.ISSUER).out())
        .contains("request number %d was withdrawn\n".formatted(number))
        .contains("layout-two-back: presence");
    refused("two-back", "another was carried out meanwhile, or withdrawn", approved);
    var again = room.run(withdrawing);
    assertThat(again.exitCode()).as(again.err()).isOne();
    assertThat(again.err()).contains("it is worth nothing on this token as it is");
    askForLayout("two-back-2", "two-back");
    assertThat(custodians.read("two-back-2.destroy").number()).isEqualTo(number + 1);
    assertThat(destroy("two-back", by("two-back-2", 1, 2)).exitCode()).isZero();
  }

  /// As a process leaves it that is killed between two of the objects that make a signing key.
  @Test
  void aSigningKeyWhoseDestructionWasCutOffIsDestroyedByTheSameCommand() throws Exception {
    room.done(
        "signing-key create --token verifier/token.toml --label receipt-8 --certificate receipt-8.pem"
            .split(" "));
    var cut =
        Cli.start(room.path(), CutOff.class, List.of(), "--token", Room.VERIFIER, "receipt-8");
    assertThat(cut.end().exitCode()).isZero();
    assertThat(audit(TestCustodians.VERIFIER).out()).contains("receipt-8: presence");
    destroyedByTwo(
        "signing-key destroy --label receipt-8",
        "destroy receipt-8",
        "key receipt-8 certificate SHA-256 ");
    assertThat(audit(TestCustodians.VERIFIER).out()).doesNotContain("receipt-8");
    var gone =
        room.run(
            "signing-key destroy --token verifier/token.toml --label receipt-8 --confirm x"
                .split(" "));
    assertThat(gone.exitCode()).as(gone.err()).isEqualTo(2);
    assertThat(gone.err()).contains("has no key receipt-8; nothing was destroyed");
  }

  @Test
  void anotherReasonIsAnotherPlan() throws Exception {
    room.layoutKey("two-why");
    askForLayout("two-why");
    var other =
        room.run(Room.with(layout("two-why", "--without-report", "because"), by("two-why", 1, 2)));
    assertThat(other.exitCode()).as(other.err()).isOne();
    assertThat(other.err()).contains("the request was made for another plan");
  }

  @Test
  void aRequestIsCarriedOutOnce() throws Exception {
    room.layoutKey("two-once");
    askForLayout("two-once");
    var approved = by("two-once", 1, 2);
    assertThat(destroy("two-once", approved).exitCode()).isZero();
    room.layoutKey("two-once");
    refused("two-once", "the request was carried out before", approved);
  }

  @Test
  void aRequestThatAnotherOvertookIsMadeAnew() throws Exception {
    room.layoutKey("two-slow");
    room.layoutKey("two-quick");
    askForLayout("two-slow");
    askForLayout("two-quick");
    assertThat(destroy("two-quick", by("two-quick", 1, 2)).exitCode()).isZero();
    refused(
        "two-slow",
        "another was carried out meanwhile, or withdrawn; have this one made anew",
        by("two-slow", 1, 2));
  }

  @Test
  void aTokenThatLacksANumberIsAnOlderCopy() throws Exception {
    room.layoutKey("two-old");
    askForLayout("two-old");
    change(
        "two-old",
        r ->
            new ApprovalRequest(
                r.addressee(), r.number() + 1, r.expires(), r.reason(), r.state(), r.actions()));
    refused("two-old", "or an older copy of it", by("two-old", 1, 2));
  }

  @Test
  void whoeverChangesTheRequestHasNoApproval() throws Exception {
    room.layoutKey("two-changed");
    askForLayout("two-changed");
    var approved = by("two-changed", 1, 2);
    change("two-changed", custodians.read("two-changed.destroy").expires().plusSeconds(1));
    refused("two-changed", "has approved another request with it", approved);
  }

  /// An unfinished agreement, a signing key and a guard's head are destroyed by the same rule.
  @Test
  void nothingElseIsDestroyedByOnePersonEither() throws Exception {
    room.remember("kyoto-1", 7);
    room.done(
        "signing-key create --token verifier/token.toml --label receipt-7 --certificate receipt-7.pem"
            .split(" "));
    Files.createDirectories(room.path("usb"));
    room.run(Room.with(Room.rehearsed("2031d"), "--wait", "0"));
    room.done(Room.with(Room.respond("2031d", "usb"), "--rehearsal"));
    destroyedByTwo(
        "keys forget-guard --guard kyoto-1",
        "forget guard kyoto-1",
        "guard kyoto-1 may have written up to number 7");
    destroyedByTwo(
        "signing-key destroy --label receipt-7",
        "destroy receipt-7",
        "key receipt-7 certificate SHA-256 ");
    destroyedByTwo(
        "agree abandon --epoch 2031d",
        "destroy book-2031d",
        "key book-2031d of an agreement that was not completed here");
  }

  private void destroyedByTwo(String command, String sentence, String identity) throws Exception {
    var file = command.replaceAll(".* ", "") + ".destroy";
    var asking = Room.with(command.split(" "), "--token", TestCustodians.VERIFIER);
    var words = Room.with(asking, "--confirm", sentence);
    var one = room.run(words);
    assertThat(one.exitCode()).as(one.err()).isOne();
    assertThat(one.err()).contains("2 of the token's 3 custodians approve this first");
    room.done(Room.with(asking, "--new-request", file, "--reason", "unused"));
    assertThat(custodians.read(file).state().getFirst()).startsWith(identity);
    var two = room.run(Room.with(words, custodians.approved(file, 2, 3)));
    assertThat(two.exitCode()).as(two.err()).isZero();
    assertThat(two.out()).contains("destroyed ");
  }

  /// A file that says nothing is no leave to destroy.
  @Test
  void aTokenFileWithoutCustodiansLetsNobodyDestroy() throws Exception {
    room.layoutKey("two-none");
    var said = Files.readString(room.path(Room.ISSUER));
    Files.writeString(
        room.path("issuer/none.toml"), said.replace("[custodians]\ndevelopment = true\n", ""));
    var words =
        "layout-key destroy --token issuer/none.toml --batch two-none --without-report unused"
            .split(" ");
    var refused = room.run(Room.with(words, "--confirm", "destroy layout-two-none"));
    assertThat(refused.exitCode()).as(refused.err()).isOne();
    assertThat(refused.err())
        .contains("nobody destroys a key alone, and the token file names no custodians")
        .contains("development = true");
    var asking = room.run(Room.with(words, "--new-request", "none.destroy"));
    assertThat(asking.exitCode()).as(asking.err()).isOne();
    assertThat(asking.err()).contains("names no custodians who could approve");
    assertThat(room.run(Room.with(words, "--dry-run")).out())
        .contains("would destroy the key layout-two-none");
    alone("two-none");
  }

  @Test
  void aRequestHasAReasonOneReason() throws Exception {
    room.layoutKey("two-reason");
    var twice =
        room.run(
            asking(
                "two-reason",
                "--without-report unused --new-request r.destroy --reason x".split(" ")));
    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.err()).contains("the reason was given already");
    room.agree("2031e");
    var none =
        room.run(
            Room.with(retiring("2031e", 0, TestCustodians.VERIFIER), "--new-request", "r.destroy"));
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("say why, for those who approve it: --reason TEXT");
    var long169 =
        room.run(
            Room.with(
                retiring("2031e", 0, TestCustodians.VERIFIER),
                "--new-request r.destroy --reason x --valid-hours 169".split(" ")));
    assertThat(long169.exitCode()).isEqualTo(2);
    assertThat(long169.err()).contains("valid for 1 to 168 hours");
    assertThat(room.path("r.destroy")).doesNotExist();
  }

  /// Whoever gives an option that has no use means something else than what would happen.
  @Test
  void anOptionThatHasNoUseIsAMistake() throws Exception {
    room.layoutKey("two-use");
    for (var useless :
        List.of(
            "--new-request u.destroy --confirm x",
            "--new-request u.destroy --request u.destroy",
            "--new-request u.destroy --approval u.approval",
            "--reason x",
            "--valid-hours 24",
            "--approval u.approval",
            "--dry-run --reason x")) {
      var refused =
          room.run(Room.with(asking("two-use", "--without-report", "unused"), useless.split(" ")));
      assertThat(refused.exitCode()).as(useless + "\n" + refused.err()).isEqualTo(2);
    }
    assertThat(room.path("u.destroy")).doesNotExist();
    assertThat(audit(TestCustodians.ISSUER).out()).contains("layout-two-use: presence");
  }

  @Test
  void aDryRunChecksTheApprovalsToo() throws Exception {
    room.layoutKey("two-rehearsed");
    askForLayout("two-rehearsed");
    var words = Room.with(asking("two-rehearsed", "--without-report", "unused"), "--dry-run");
    var few = room.run(Room.with(words, by("two-rehearsed", 1)));
    assertThat(few.exitCode()).as(few.err()).isOne();
    assertThat(few.err()).contains("1 of the 2 approvals that it takes");
    var enough = room.done(Room.with(words, by("two-rehearsed", 1, 2)));
    assertThat(enough.out()).contains("would destroy the key layout-two-rehearsed");
    assertThat(enough.err()).contains("approved by CN=custodian-1,");
    var one = room.done(Room.with(words, by("two-rehearsed", 1, 2, 4)));
    assertThat(one.err())
        .contains("does not count: two-rehearsed.destroy.3.approval: not by one of the custodians");
    assertThat(destroy("two-rehearsed", by("two-rehearsed", 1, 2)).exitCode()).isZero();
  }

  /// The token went away, or somebody took the key, when the number was counted already.
  @Test
  void aDeedThatFailsSaysThatItsRequestIsSpent() throws Exception {
    room.layoutKey("two-spent");
    askForLayout("two-spent");
    var approved = by("two-spent", 1, 2);
    var number = custodians.read("two-spent.destroy").number();
    var failed =
        Cli.start(
                room.path(),
                FailingDestruction.class,
                List.of(),
                Room.with(
                    Room.with(
                        "--batch two-spent --confirm".split(" "),
                        "destroy layout-two-spent",
                        "--token",
                        TestCustodians.ISSUER),
                    approved))
            .end();
    assertThat(failed.exitCode()).as(failed.err()).isOne();
    assertThat(failed.err())
        .contains("request number %d is counted and worth nothing more".formatted(number))
        .doesNotContain("make it first");
    assertThat(audit(TestCustodians.ISSUER).out())
        .contains("request number %d was carried out last".formatted(number))
        .contains("layout-two-spent: presence");
    refused("two-spent", "the request was carried out before, or failed when it was", approved);
  }

  private Ended ask(String file, String command, String reason) {
    return room.done(
        Room.with(
            command.split(" "),
            "--token",
            TestCustodians.VERIFIER,
            "--new-request",
            file,
            "--reason",
            reason));
  }

  private void askForLayout(String batch) {
    askForLayout(batch, batch);
  }

  private void askForLayout(String file, String batch) {
    room.done(asking(batch, "--without-report", "unused", "--new-request", file + ".destroy"));
  }

  private String[] by(String batch, int... numbers) throws Exception {
    return custodians.approved(batch + ".destroy", numbers);
  }

  private void refused(String batch, String why, String... approved) {
    var refused = destroy(batch, approved);
    assertThat(refused.exitCode()).as(refused.err()).isOne();
    assertThat(refused.err()).contains(why);
    assertThat(audit(TestCustodians.ISSUER).out()).contains("layout-" + batch + ": presence");
  }

  private Ended destroy(String batch, String... approved) {
    return room.run(Room.with(layout(batch, "--without-report", "unused"), approved));
  }

  private static String[] layout(String batch, String... more) {
    return Room.with(asking(batch, "--confirm", "destroy layout-" + batch), more);
  }

  private static String[] asking(String batch, String... more) {
    return Room.with(
        ("layout-key destroy --batch " + batch + " --token " + TestCustodians.ISSUER).split(" "),
        more);
  }

  /// One person, by the file of a token for development.
  private void alone(String batch) {
    room.done(
        Room.with(
            ("layout-key destroy --without-report unused --batch "
                    + batch
                    + " --token "
                    + Room.ISSUER)
                .split(" "),
            "--confirm",
            "destroy layout-" + batch));
  }

  private Ended retire(String epoch, int cards, String... approved) {
    return room.run(Room.with(retirement(epoch, cards, TestCustodians.VERIFIER), approved));
  }

  private static String[] retirement(String epoch, int cards, String token) {
    return Room.with(
        retiring(epoch, cards, token),
        "--confirm",
        "retire book-%s and %d cards".formatted(epoch, cards));
  }

  private static String[] retiring(String epoch, int cards, String token) {
    return "epoch retire --epoch %s --cards %d --token %s"
        .formatted(epoch, cards, token)
        .split(" ");
  }

  private Ended audit(String token) {
    return room.run("keys", "audit", "--token", token, "--expect", "no");
  }
}
