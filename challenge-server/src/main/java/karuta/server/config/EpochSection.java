package karuta.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import karuta.card.EpochId;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Settings;
import karuta.settings.SettingsInvalid;
import karuta.settings.Table;

/// `[[epoch]]`: the records that `karuta agree complete` wrote, for the bundles that may be imported. The keys are the guard's business.
final class EpochSection {
  private EpochSection() {}

  /// One record: its epoch, and the verifier token that agreed its key.
  private record Recorded(EpochId id, String token) {}

  static Section<ServerConfig.Epochs> read(Table root, NamedFiles files) {
    var records = new ArrayList<Section<Recorded>>();
    var tokens = new HashSet<String>();
    for (var table : root.tables("epoch")) {
      var record =
          table.text(
              "record",
              path -> {
                var read = record(files.readable(path));
                tokens.add(read.token());
                return read;
              });
      if (tokens.size() > 1) {
        table.problem("record", "names the record of another token than the one before");
      }
      records.add(record::value);
    }
    if (records.isEmpty()) {
      root.problem(
          "epoch", "missing; name the record that karuta agree complete wrote in an [[epoch]]");
    }
    return () -> epochs(records.stream().map(Section::get).toList());
  }

  private static ServerConfig.Epochs epochs(List<Recorded> records) {
    return new ServerConfig.Epochs(
        records.getFirst().token(),
        records.stream().map(Recorded::id).collect(java.util.stream.Collectors.toSet()));
  }

  private static Recorded record(Path file) {
    try {
      var settings = Settings.read(file);
      var table = settings.root().table("epoch");
      var name = table.text("name", EpochId::new);
      var token = table.text("token");
      // What the guard proves in the token, and what people compare.
      for (var field : new String[] {"kdf", "check-value", "key", "issuer-token"}) {
        table.text(field);
      }
      settings.check();
      return new Recorded(name.value(), token.value());
    } catch (SettingsInvalid invalid) {
      throw new IllegalArgumentException(
          "names a damaged epoch record: " + String.join("; ", invalid.problems()), invalid);
    }
  }
}
