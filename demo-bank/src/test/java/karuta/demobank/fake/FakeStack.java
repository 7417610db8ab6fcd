package karuta.demobank.fake;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import karuta.demobank.Stack;
import karuta.demobank.api.Karuta;
import karuta.demobank.api.Karuta.Access;
import karuta.v1.CardState;

/// The stand-in as a whole.
public final class FakeStack implements Stack, AutoCloseable {
  private final TestClock clock = new TestClock();
  private final FakeApi api = new FakeApi(clock);
  private final Vertx vertx = Vertx.vertx();
  private final Karuta karuta = Karuta.open(vertx, frontEnd(), backOffice());
  private final Path letterbox;

  public FakeStack(Path letterbox) {
    this.letterbox = letterbox;
  }

  @Override
  public Karuta karuta() {
    return karuta;
  }

  @Override
  public Access frontEnd() {
    return new Access(api.frontEnd(), Optional.empty());
  }

  @Override
  public Access backOffice() {
    return new Access(api.backOffice(), Optional.empty());
  }

  @Override
  public Path letterbox() {
    return letterbox;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public void makeCards() {
    synchronized (api.cards) {
      for (var card : api.cards.cards) {
        if (card.card.getState() == CardState.ORDERED) {
          card.make(api.cards.random, api.cards.key);
          card.card.setState(CardState.ISSUED).setIssuedAt(api.cards.now());
          api.cards.log(card.subject, "karuta", "card-issued", card, 0, "batch 2026-11-22-1");
          write(card);
        }
      }
    }
  }

  private void write(FakeCard card) {
    try {
      Files.write(letterbox.resolve(card.card.getSerial() + ".pdf"), FakePage.of(card));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The key of the stand-in's token, for the test that the attacker's search is a real one.
  public byte[] key() {
    return api.cards.key.clone();
  }

  @Override
  public String picture(String serial, String cell) {
    synchronized (api.cards) {
      return FakeChallenges.rightPicture(api.cards.bySerial(serial), cell);
    }
  }

  @Override
  public void letTheWindowPass(String challenge) {
    clock.pass(FakeChallenges.WINDOW.plusSeconds(2));
  }

  @Override
  public void token(boolean there) {
    api.challenges.tokenDown = !there;
  }

  @Override
  public void reachable(boolean reachable) {
    api.down = !reachable;
  }

  /// Carries out what it is asked and says nothing, or speaks again.
  public void mute(boolean mute) {
    api.mute = mute;
  }

  @Override
  public void restore() {
    mute(false);
    token(true);
    reachable(true);
  }

  @Override
  public void close() {
    vertx.close().await();
    api.close();
  }
}
