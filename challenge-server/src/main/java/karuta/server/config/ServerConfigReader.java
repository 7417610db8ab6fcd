package karuta.server.config;

import java.nio.file.Path;
import karuta.database.DatabaseSection;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Settings;

/// Reads the configuration file of `karuta serve` and `karuta import`. All that is wrong is said at once, by file, line
/// and field; values are never repeated, since a value may be a secret in the wrong place.
public final class ServerConfigReader {
  private static final int SPARE = 2;

  private ServerConfigReader() {}

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
    var guard = GuardSection.read(root.table("guard"), files);
    var epochs = EpochSection.read(root, files);
    var audience = root.table("receipts").text("audience", GuardSection::audience);
    var issuer = root.table("bundles").text("issuer-certificate", files::certificate);
    var policy = PolicySection.read(root.optionalTable("policy"));
    var lanes = ApiSection.lanes(root.optionalTable("lanes"));
    // each thread may hold one, and the server's own checks beside them
    Section<Integer> connections =
        () -> guard.get().connections() + lanes.get().storeThreads() + SPARE;
    var store =
        new DatabaseSection(files, "store", "karuta.db", connections)
            .read(root.optionalTable("store"));
    settings.check();
    return new ServerConfig(
        api.get(),
        management.get(),
        guard.get(),
        epochs.get(),
        audience.value(),
        store.get(),
        issuer.value(),
        policy.get(),
        lanes.get(),
        clients.get(),
        development.get());
  }
}
