package karuta.server.config;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import karuta.settings.Settings;

/// Reads the configuration file of `karuta serve` and `karuta import`. All that is wrong is said at once, by file, line and field; values are
/// never repeated, since a value may be a secret in the wrong place.
public final class ServerConfigReader {
  private ServerConfigReader() {}

  /// A section that was read but is not believed yet: it has a value once the whole file is in order.
  interface Section<T> extends Supplier<T> {}

  /// Requires that a file is there and nobody but its owner may read it.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  public static void requireSecret(Path file) {
    new NamedFiles(file).secret(file.toAbsolutePath().toString());
  }

  /// Reads and checks the file and the files it names.
  ///
  /// @throws karuta.settings.SettingsInvalid naming every problem
  public static ServerConfig read(Path file) {
    var settings = Settings.read(file);
    var root = settings.root();
    var files = new NamedFiles(file);
    var server = root.table("server");
    var dedicated = server.flag("dedicated-client-ca", false);
    var asked = root.optionalTable("development");
    var plaintext = DevelopmentSection.asksForPlaintext(asked);
    var clients = ClientSection.read(root, plaintext || dedicated.is(true));
    var development = DevelopmentSection.read(asked, clients);
    var api = ApiSection.read(server, files, plaintext, clients);
    var management = ApiSection.management(root.optionalTable("management"));
    var serial = new AtomicReference<String>();
    var token = TokenSection.read(root.table("token"), files, serial);
    var epochs = TokenSection.epochs(root, files, serial.get());
    var receipts = TokenSection.receipts(root.table("receipts"));
    var issuer = root.table("bundles").text("issuer-certificate", files::certificate);
    var policy = PolicySection.read(root.optionalTable("policy"));
    var lanes = ApiSection.lanes(root.optionalTable("lanes"), token);
    var store = StoreSection.read(root.optionalTable("store"), files, lanes);
    settings.check();
    return new ServerConfig(
        api.get(),
        management.get(),
        token.get(),
        epochs.get(),
        receipts.get(),
        store.get(),
        issuer.value(),
        policy.get(),
        lanes.get(),
        clients.get(),
        development.get());
  }
}
