package karuta.provisioning.print;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import karuta.card.Cell;
import karuta.card.PictureId;
import karuta.card.Serial;
import karuta.fields.Fields;
import karuta.provisioning.print.PrintJobException.Reason;

/// One line of a job's records: which card stands on which page, and its pictures for machines that draw cards
/// themselves. It has no `toString` that tells the pictures.
///
/// @param number 1, 2, ... through the whole job
/// @param page the page in the PDF that goes with this file of records, from 1
/// @param pictures the 50 pictures in the order of the cells
/// @param chain this record's link in [RecordChain]
record CardRecord(long number, Serial serial, int page, List<PictureId> pictures, String chain) {
  private static final JsonFactory JSON =
      JsonFactory.builder().build().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  void write(OutputStream out) throws IOException {
    try (var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("n", number);
      json.writeStringField("serial", serial.digits());
      json.writeNumberField("page", page);
      json.writeArrayFieldStart("pictures");
      for (var picture : pictures) {
        json.writeNumber(picture.value());
      }
      json.writeEndArray();
      json.writeStringField("chain", chain);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /// @throws PrintJobException if the line is no record
  static CardRecord parse(byte[] line) throws PrintJobException {
    try {
      var fields = Fields.parse(line);
      var pictures =
          fields.list("pictures", Cell.COUNT).stream()
              .map(id -> new PictureId(Fields.smallNumber(id, "pictures")))
              .toList();
      if (pictures.size() != Cell.COUNT) {
        throw new IllegalArgumentException("field 'pictures' must have " + Cell.COUNT + " numbers");
      }
      var record =
          new CardRecord(
              fields.number("n"),
              new Serial(fields.text("serial")),
              fields.smallNumber("page"),
              pictures,
              fields.text("chain"));
      fields.end();
      return record;
    } catch (IllegalArgumentException e) {
      throw new PrintJobException(
          Reason.DAMAGED, "a card's record in the print job is wrong: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "record " + number + " of card " + serial;
  }
}
