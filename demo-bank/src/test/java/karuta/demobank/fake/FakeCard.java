package karuta.demobank.fake;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.Generation;
import karuta.card.MacInput;
import karuta.card.Palette;
import karuta.card.PaletteSeed;
import karuta.card.PictureId;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.v1.Card;
import karuta.v1.CardRecord;
import karuta.v1.DrawRecord;
import org.jspecify.annotations.Nullable;

/// A card of the stand-in: it has what the server has (palettes, draws, tags) and, unlike the server, its layout.
final class FakeCard {
  final String subject;
  final Card.Builder card;
  final List<PictureId> layout = new ArrayList<>();
  final List<FakeDraw> draws = new ArrayList<>();
  @Nullable PaletteSeed seed;
  @Nullable FakeDraw current;

  /// One draw of the book.
  static final class FakeDraw {
    final int number;
    final List<Cell> cells;
    final byte[] tag;
    boolean used;

    FakeDraw(int number, List<Cell> cells, byte[] tag) {
      this.number = number;
      this.cells = cells;
      this.tag = tag;
    }
  }

  FakeCard(String subject, Card.Builder card) {
    this.subject = subject;
    this.card = card;
  }

  /// Makes the card as `docs/encoding.md` says: palettes first, then a picture of each palette, then the book.
  void make(Random random, byte[] key) {
    var digits = "%010d".formatted(random.nextLong(10_000_000_000L));
    card.setSerial(Serial.ofRandomDigits(digits).digits());
    var bytes = new byte[PaletteSeed.BYTES];
    random.nextBytes(bytes);
    seed = new PaletteSeed(bytes);
    var taken = new HashSet<PictureId>();
    for (var index = 0; index < Cell.COUNT; index++) {
      PictureId picture;
      do {
        picture = palette(new Cell(index)).at(random.nextInt(Palette.SIZE));
      } while (!taken.add(picture));
      layout.add(picture);
    }
    for (var round = 0; round < 4; round++) {
      var cells = new ArrayList<>(IntStream.range(0, Cell.COUNT).mapToObj(Cell::new).toList());
      Collections.shuffle(cells, random);
      for (var i = 0; i < cells.size(); i += 2) {
        var asked = List.copyOf(cells.subList(i, i + 2));
        var number = draws.size() + 1;
        var right = asked.stream().map(cell -> layout.get(cell.index())).toList();
        draws.add(new FakeDraw(number, asked, tag(key, number, asked, right)));
      }
    }
    card.setDrawsLeft(draws.size());
  }

  Palette palette(Cell cell) {
    if (seed == null) {
      throw new IllegalStateException("the card is not made yet");
    }
    return Palette.of(seed, cell);
  }

  byte[] tag(byte[] key, int draw, List<Cell> cells, List<PictureId> pictures) {
    var id = new CardId(new Serial(card.getSerial()), new Generation(card.getGeneration()));
    try (var input = MacInput.answer(new Subject(subject), id, draw, cells, pictures)) {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(input.toBytes());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The card's live question, drawn when there is none.
  FakeDraw ask(Random random) {
    if (current == null) {
      var exposed = new HashSet<Cell>();
      var round = draws.stream().filter(draw -> !draw.used).toList().getFirst().number / 26;
      var unused = draws.stream().filter(draw -> !draw.used && draw.number / 26 == round).toList();
      current = unused.get(random.nextInt(unused.size()));
      card.setDrawsLeft(card.getDrawsLeft() - 1);
      draws.stream().filter(d -> d.used || d == current).forEach(d -> exposed.addAll(d.cells));
      card.setCellsExposed(exposed.size());
    }
    return current;
  }

  CardRecord record() {
    var record =
        CardRecord.newBuilder()
            .setSubject(subject)
            .setCard(card)
            .setBatch("2026-11-22-1")
            .setEpoch("e1")
            .setCatalogue("v1");
    if (seed != null) {
      record.setPaletteSeed(ByteString.copyFrom(seed.toBytes()));
    }
    for (var draw : draws) {
      record.addDraws(
          DrawRecord.newBuilder()
              .setNumber(draw.number)
              .addAllCells(draw.cells.stream().map(Cell::toString).toList())
              .setTag(ByteString.copyFrom(draw.tag))
              .setUsed(draw.used)
              .setCurrent(draw == current));
    }
    return record.build();
  }
}
