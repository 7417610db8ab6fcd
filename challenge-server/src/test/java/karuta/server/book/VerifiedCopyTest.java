package karuta.server.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import karuta.bundle.CardBook;
import karuta.card.CardId;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.guard.testing.FakeJudgeToken;
import karuta.server.book.BundleRefused.Reason;
import karuta.server.testing.PrintedCard;
import karuta.server.testing.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes out of a bundle before any database is asked.
class VerifiedCopyTest {
  private final TestIssuer issuer = new TestIssuer();

  @TempDir private Path directory;

  @Test
  void aFullDiskIsNotTheBundlesFault() throws Exception {
    var file = issuer.issue(directory, List.of(book()));
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    try (var in = Files.newInputStream(file)) {
      assertThatThrownBy(() -> VerifiedCopy.copy(in, full, issuer.trust().issuer()))
          .isInstanceOf(CopyFailed.class);
    }
  }

  @Test
  void noFlippedBitEverGetsOtherContentThrough() throws Exception {
    var file = issuer.issue(directory, List.of(book()));
    var sound = Files.readAllBytes(file);
    var content = content(file);
    var random = new Random(5);
    var refused = 0;
    for (var i = 0; i < 2000; i++) {
      var damaged = sound.clone();
      // The envelope, where a flip may be harmless, is at both ends.
      var at = i % 2 == 0 ? random.nextInt(100) : damaged.length - 1 - random.nextInt(700);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(content(Files.write(directory.resolve("flipped"), damaged))).isEqualTo(content);
      } catch (BundleRefused e) {
        assertThat(e.reason()).isEqualTo(Reason.INTEGRITY);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  private byte[] content(Path file) throws IOException, BundleRefused {
    try (var copy = VerifiedCopy.of(file, issuer.trust().issuer());
        var in = copy.open()) {
      return in.readAllBytes();
    }
  }

  private static CardBook book() {
    var token = new FakeJudgeToken(new byte[32]);
    return new PrintedCard(
            new Subject("a-0"),
            new CardId(Serial.ofRandomDigits("0000000017"), new Generation(1)),
            Profile.STANDARD,
            token::tag,
            new Random(1))
        .book();
  }
}
