package karuta.provisioning.batch;

import java.util.List;
import karuta.bundle.CardBook;
import karuta.provisioning.layout.Layout;

/// A card as made: a book for each bundle, and the layout until it is printed.
record Card(List<CardBook> books, Layout layout) implements AutoCloseable {
  @Override
  public void close() {
    layout.close();
  }

  @Override
  public String toString() {
    return "card " + books.getFirst().card().serial();
  }
}
