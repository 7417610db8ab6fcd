package karuta.provisioning.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import karuta.card.Serial;
import karuta.provisioning.layout.Layout;
import karuta.provisioning.print.PrintJob;
import karuta.provisioning.print.PrintOrder;

/// A print job that notes which serials came, and keeps the layouts to see whether they were wiped.
final class PaperPrinter implements PrintJob.Factory {
  final List<Serial> serials = new ArrayList<>();
  final List<Layout> layouts = new ArrayList<>();

  @Override
  public PrintJob open(Path file, PrintOrder order) {
    return new PrintJob() {
      @Override
      public void add(Serial serial, Layout layout) {
        serials.add(serial);
        layouts.add(layout);
      }

      @Override
      public Finished finish() throws IOException {
        if (serials.size() != order.cards()) {
          throw new IllegalStateException("cards are missing");
        }
        Files.writeString(file, "printed", StandardOpenOption.CREATE_NEW);
        return new Finished("paper", "0".repeat(64));
      }

      @Override
      public void close() {}
    };
  }
}
