package karuta.bundle;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.PaletteSeed;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.fields.Fields;

/// Turns one line of a body into what it says. Every rule of a value is its type's own; here each rule broken becomes a
/// [BundleException] that names line and field.
final class BundleLines {
  private static final int MAX_DRAWS = 1000;
  private static final int MAX_CELLS = Cell.COUNT;

  private BundleLines() {}

  static BundleManifest manifest(long line, byte[] bytes) throws IOException {
    return read(
        line,
        bytes,
        fields -> {
          if (!fields.text("format").equals(BundleManifest.FORMAT)) {
            throw new IllegalArgumentException(
                "field 'format' must be '" + BundleManifest.FORMAT + "'");
          }
          return new BundleManifest(
              fields.as("batch", BatchId::new),
              fields.number("sequence"),
              fields.text("previous"),
              fields.as("epoch", EpochId::new),
              fields.text("token"),
              fields.text("catalogue"),
              fields.text("catalogueDigest"),
              fields.as("profile", Profile::parse),
              fields.number("cards"),
              fields.as("createdAt", Instant::parse));
        });
  }

  static CardBook card(long line, byte[] bytes) throws IOException {
    return read(
        line,
        bytes,
        fields ->
            new CardBook(
                fields.as("subject", Subject::new),
                new CardId(
                    fields.as("serial", Serial::new),
                    new Generation(fields.smallNumber("generation"))),
                fields.as("profile", Profile::parse),
                new PaletteSeed(fields.bytes("seed", PaletteSeed.BYTES)),
                draws(fields.list("draws", MAX_DRAWS))));
  }

  static BundleSummary trailer(long line, byte[] bytes) throws IOException {
    return read(
        line,
        bytes,
        fields -> new BundleSummary(fields.number("cards"), fields.text("linesDigest")));
  }

  private static List<DrawRecord> draws(List<Object> objects) {
    var draws = new ArrayList<DrawRecord>(objects.size());
    for (var object : objects) {
      var fields = Fields.of(object, "draws");
      var cells =
          fields.list("cells", MAX_CELLS).stream()
              .map(cell -> new Cell(Fields.smallNumber(cell, "cells")))
              .toList();
      draws.add(
          new DrawRecord(
              fields.smallNumber("n"), cells, fields.bytes("tag", DrawRecord.TAG_BYTES)));
      fields.end();
    }
    return draws;
  }

  private static <T> T read(long line, byte[] bytes, Meaning<T> meaning) throws IOException {
    try {
      var fields = Fields.parse(bytes);
      var value = meaning.of(fields);
      fields.end();
      return value;
    } catch (IllegalArgumentException e) {
      var refusal = new BundleException(line, String.valueOf(e.getMessage()));
      refusal.initCause(e);
      throw refusal;
    }
  }

  private interface Meaning<T> {
    T of(Fields fields);
  }
}
