package karuta.server.config;

import java.util.regex.Pattern;
import karuta.guard.client.SocketGuard;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Table;

/// `[guard]`: how the guard is reached.
final class GuardSection {
  private static final Pattern AUDIENCE = Pattern.compile("[\\x20-\\x7e]{1,128}");

  private GuardSection() {}

  static Section<SocketGuard.Settings> read(Table table, NamedFiles files) {
    var socket = table.text("socket", files::resolve);
    var connections = table.number("connections", 1, 256, 8);
    var deadline = table.seconds("deadline-seconds", 1, 60, 5);
    return () -> new SocketGuard.Settings(socket.value(), connections.value(), deadline.value());
  }

  /// Who shall take the receipts.
  static String audience(String text) {
    if (!AUDIENCE.matcher(text).matches()) {
      throw new IllegalArgumentException("must be 1 to 128 printable ASCII characters");
    }
    return text;
  }
}
