package karuta.guard.config;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import karuta.approval.OfficersSection;
import karuta.database.DatabaseSection;
import karuta.guard.client.ChainHead;
import karuta.guard.journal.Caps;
import karuta.guard.token.JudgeToken.Use;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Settings;
import karuta.settings.Table;

/// Reads the configuration file of `karuta guard`. All that is wrong is said at once, by file, line and field; values
/// are never repeated, since a value may be a secret in the wrong place.
public final class GuardConfigReader {
  private static final int CARD_CAP = 100;
  private static final int BANK_CAP = 10_000_000;

  private GuardConfigReader() {}

  /// Reads and checks the file and the files it names.
  ///
  /// @throws karuta.settings.SettingsInvalid naming every problem
  public static GuardConfig read(Path file) {
    var files = new NamedFiles(file);
    return read(file, files, files::secret);
  }

  /// The same with a PIN that lies in another file than the configuration says: each service has its own credentials.
  ///
  /// @throws karuta.settings.SettingsInvalid naming every problem
  public static GuardConfig read(Path file, Path pinFile) {
    var files = new NamedFiles(file);
    return read(file, files, _ -> files.secret(pinFile.toAbsolutePath().toString()));
  }

  /// The same for a command that never touches the token: its PIN need not be there, and is not where only a running
  /// guard is given it.
  ///
  /// @throws karuta.settings.SettingsInvalid naming every problem
  public static GuardConfig readWithoutPin(Path file) {
    var files = new NamedFiles(file);
    return read(file, files, files::resolve);
  }

  private static GuardConfig read(Path file, NamedFiles files, Function<String, Path> pin) {
    var settings = Settings.read(file);
    var root = settings.root();
    var guard = root.table("guard");
    var name = guard.text("name", ChainHead::requireName);
    var listener = listener(guard, files);
    var serial = new AtomicReference<String>();
    var token = TokenSection.read(root.table("token"), files, pin, serial);
    var epochs = TokenSection.epochs(root, files, serial.get());
    var receipts = root.table("receipts");
    var issuer = receipts.text("issuer");
    var life = receipts.seconds("life-seconds", 60, 86_400, 900);
    var receiptKeys = keys(receipts, Use.RECEIPT);
    var sealKeys = keys(root.optionalTable("seals"), Use.SEAL);
    // the one that writes, and some for looks
    Section<Integer> connections = () -> 1 + listener.get().connections() / 4 + 2;
    var journal =
        new DatabaseSection(files, "journal", "journal.db", connections)
            .read(root.optionalTable("journal"));
    var caps = caps(root.optionalTable("caps"));
    var officers =
        OfficersSection.read(root, root.optionalTable("officers"), "officers", "officer", files);
    settings.check();
    return new GuardConfig(
        name.value(),
        listener.get(),
        token.get(),
        epochs.get(),
        issuer.value(),
        life.value(),
        receiptKeys.get(),
        sealKeys.get(),
        journal.get(),
        caps.get(),
        officers.get());
  }

  private static Section<GuardConfig.Listener> listener(Table table, NamedFiles files) {
    var socket = table.text("socket", files::resolve);
    var peers = table.strings("peers", Function.<String>identity());
    var connections = table.number("connections", 1, 1_000, 64);
    return () ->
        new GuardConfig.Listener(
            socket.value(),
            peers.value().isEmpty() ? Set.of(user()) : Set.copyOf(peers.value()),
            connections.value());
  }

  private static String user() {
    return String.valueOf(System.getProperty("user.name"));
  }

  private static Section<GuardConfig.Keys> keys(Table table, Use use) {
    var key = table.text("key", use.label(1));
    var honoured = table.strings("honoured", Function.<String>identity());
    return () -> new GuardConfig.Keys(key.value(), honoured.value());
  }

  private static Section<Caps> caps(Table table) {
    var usual = Caps.standard();
    var card = table.number("failures-since-pass", 1, CARD_CAP, usual.sincePass());
    var life = table.number("failures-in-life", 1, CARD_CAP, usual.inLife());
    var minute = table.number("failures-a-minute", 1, BANK_CAP, usual.minute());
    var hour = table.number("failures-an-hour", 1, BANK_CAP, usual.hour());
    var day = table.number("failures-a-day", 1, BANK_CAP, usual.day());
    return () -> new Caps(card.value(), life.value(), minute.value(), hour.value(), day.value());
  }
}
