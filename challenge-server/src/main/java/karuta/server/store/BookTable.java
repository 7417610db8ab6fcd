package karuta.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.PaletteSeed;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.database.Sql;

/// Books: added once, never changed.
public final class BookTable {
  private final Sql sql;

  BookTable(Sql sql) {
    this.sql = sql;
  }

  public void add(BookRow book) {
    sql.changeOne(
        """
        INSERT INTO books (subject, generation, serial, batch, epoch, catalogue, seed, draws)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        book.subject().value(),
        book.generation().value(),
        book.serial().digits(),
        book.batch().value(),
        book.epoch().value(),
        book.catalogue(),
        book.seed().toBytes(),
        book.draws());
  }

  public Optional<BookRow> find(Subject subject, Generation generation) {
    return sql.row(
        BookTable::read,
        """
        SELECT subject, generation, serial, batch, epoch, catalogue, seed, draws
          FROM books
         WHERE subject = ? AND generation = ?
        """,
        subject.value(),
        generation.value());
  }

  private static BookRow read(ResultSet row) throws SQLException {
    return new BookRow(
        new Subject(row.getString("subject")),
        new CardId(new Serial(row.getString("serial")), new Generation(row.getInt("generation"))),
        new BatchId(row.getString("batch")),
        new EpochId(row.getString("epoch")),
        row.getString("catalogue"),
        new PaletteSeed(row.getBytes("seed")),
        row.getBytes("draws"));
  }
}
