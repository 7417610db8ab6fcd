package karuta.demobank.bank;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The demo's post: the folder into which printed cards are put, and which of them the demo clock has let arrive. Pages
/// are named here and read only while they are sent, so no layout stays in memory.
public final class Letterbox {
  private final Path folder;
  private final Map<String, Instant> arrived = new ConcurrentHashMap<>();

  public Letterbox(Path folder) {
    this.folder = folder;
  }

  /// The demo clock has reached the day on which the card with that number arrives.
  public void arrive(String serial, Instant at) {
    arrived.put(serial, at);
  }

  /// Whether the card is in the customer's hands.
  public boolean hasArrived(String serial) {
    return arrived.containsKey(serial);
  }

  /// When it arrived by the demo clock, if it has come while this bank ran.
  public Optional<Instant> arrivedAt(String serial) {
    return Optional.ofNullable(arrived.get(serial));
  }

  /// The printed page of a card, if it lies in the folder.
  ///
  /// @param serial eleven digits; anything else is not found
  public Optional<Path> page(String serial) {
    if (!serial.matches("[0-9]{11}")) {
      return Optional.empty();
    }
    return Optional.of(folder.resolve(serial + ".pdf")).filter(Files::isRegularFile);
  }
}
