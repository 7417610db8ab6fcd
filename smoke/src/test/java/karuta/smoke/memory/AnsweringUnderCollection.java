package karuta.smoke.memory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.MacInput;
import karuta.card.PictureId;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.cryptoki.CkFunction;
import karuta.token.Pin;
import karuta.token.Token;
import karuta.token.TokenName;
import karuta.token.TokenSettings;
import karuta.token.TokenSetup;
import karuta.token.Verdict;
import karuta.token.issuer.IssuerToken;
import karuta.token.testing.SoftHsm;
import karuta.token.testing.TokenPair;
import karuta.token.verifier.VerifierToken;

/// A process that logs in to SoftHSM and has answers verified, with a full collection of its heap at the worst moments:
/// while the token holds the PIN, and while it holds an answer. Then it waits, to be looked at.
final class AnsweringUnderCollection {
  static final int ANSWERS = 20;

  private static final EpochId EPOCH = new EpochId("e1");
  private static final CardId CARD =
      new CardId(Serial.ofRandomDigits("0123456789"), new Generation(1));

  private AnsweringUnderCollection() {}

  /// The pictures of answer `number`, the same in every process.
  static List<PictureId> pictures(int number) {
    return new Random(number).ints(4, 0, PictureId.COUNT).mapToObj(PictureId::new).toList();
  }

  static List<Cell> cells(int number) {
    return IntStream.range(0, 4).mapToObj(i -> new Cell((number + 7 * i) % Cell.COUNT)).toList();
  }

  static MacInput answer(int number) {
    return MacInput.answer(new Subject("who-1"), CARD, number, cells(number), pictures(number));
  }

  /// Arguments: the directory of the PIN files; `outside` or `on-heap`, which is how it must not be done. Says
  /// `waiting` when all is verified, and ends with its standard input.
  public static void main(String[] arguments) throws Exception {
    if (arguments[1].equals("on-heap")) {
      onHeap();
      waitForTheEnd();
    } else {
      try (var bench = SoftHsm.start()) {
        bench.faults().before(CkFunction.C_Login, System::gc);
        bench.faults().before(CkFunction.C_InitPIN, System::gc);
        bench.faults().before(CkFunction.C_Verify, System::gc);
        bench.faults().before(CkFunction.C_Sign, System::gc);
        try (var pair = pair(bench, Path.of(arguments[0]))) {
          verify(pair);
          waitForTheEnd();
        }
      }
    }
  }

  private static TokenPair pair(SoftHsm bench, Path pins) {
    var issuer = open(bench, pins, "issuer");
    var verifier = open(bench, pins, "verifier");
    return TokenPair.of(bench, new IssuerToken(issuer), new VerifierToken(verifier));
  }

  private static Token open(SoftHsm bench, Path pins, String label) {
    TokenName name;
    try (var officer = Pin.fromFile(pins.resolve("so-pin"));
        var user = Pin.fromFile(pins.resolve("pin"))) {
      name = TokenSetup.initialise(bench.module(), label, officer, user);
    }
    return Token.open(
        bench.module(),
        name,
        () -> Pin.fromFile(pins.resolve("pin")),
        TokenSettings.defaults(),
        InstantSource.system());
  }

  private static void verify(TokenPair pair) {
    pair.agree(EPOCH);
    for (var number = 1; number <= ANSWERS; number++) {
      byte[] tag;
      try (var answer = answer(number)) {
        tag = pair.issuer().tag(EPOCH, answer.bytes());
      }
      try (var answer = answer(number)) {
        if (pair.verifier().verify(EPOCH, answer.bytes(), tag) != Verdict.RIGHT) {
          throw new AssertionError("a right answer is wrong");
        }
      }
    }
  }

  /// Arrays, wiped as soon as they have been used: too late, if they have been moved meanwhile.
  private static void onHeap() {
    var held = new ArrayList<byte[]>();
    for (var number = 1; number <= ANSWERS; number++) {
      try (var answer = answer(number)) {
        held.add(answer.toBytes());
      }
    }
    System.gc();
    held.forEach(bytes -> Arrays.fill(bytes, (byte) 0));
  }

  private static void waitForTheEnd() throws Exception {
    System.out.write("waiting\n".getBytes(StandardCharsets.US_ASCII));
    System.out.flush();
    while (System.in.read() >= 0) {}
  }
}
