package karuta.smoke;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.stream.IntStream;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.Generation;
import karuta.card.MacInput;
import karuta.card.Palette;
import karuta.card.PaletteSeed;
import karuta.card.PictureId;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.demo.Customer;
import karuta.smoke.memory.Traces;
import karuta.v1.CardRecord;
import karuta.v1.DrawRecord;

/// A card in its customer's hand beside what the server stores of it: together they are every answer there is.
///
/// @param record as the back office reads it
/// @param layout the 50 pictures in cell order, as printed
record KnownCard(CardRecord record, List<PictureId> layout) {
  /// The card in a customer's hand beside what the server stores of it.
  static KnownCard of(Customer customer) {
    return new KnownCard(customer.cardRecord(), customer.card().layout());
  }

  /// The right answer of one draw.
  ///
  /// @param bytes what its tag is made over
  /// @param cells how many cells it asks
  /// @param sent whether the customer has sent it, so that the draw is used
  record Answer(String name, ByteString bytes, int cells, boolean sent) {}

  String name() {
    return record.getSubject();
  }

  List<Answer> answers() {
    return record.getDrawsList().stream().map(this::answer).toList();
  }

  void layoutTo(Traces traces) {
    var seed = new PaletteSeed(record.getPaletteSeed().toByteArray());
    var palettes =
        IntStream.range(0, Cell.COUNT).mapToObj(cell -> Palette.of(seed, new Cell(cell))).toList();
    traces.layout(name(), layout, palettes);
  }

  private Answer answer(DrawRecord draw) {
    var cells = draw.getCellsList().stream().map(Cell::parse).toList();
    var pictures = cells.stream().map(cell -> layout.get(cell.index())).toList();
    var card =
        new CardId(
            new Serial(record.getCard().getSerial()),
            new Generation(record.getCard().getGeneration()));
    try (var input =
        MacInput.answer(new Subject(name()), card, draw.getNumber(), cells, pictures)) {
      return new Answer(
          "answer of " + name() + " to draw " + draw.getNumber(),
          ByteString.copyFrom(input.toBytes()),
          cells.size(),
          draw.getUsed());
    }
  }
}
