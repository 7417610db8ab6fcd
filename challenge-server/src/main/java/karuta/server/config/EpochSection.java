package karuta.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Settings;
import karuta.settings.SettingsInvalid;
import karuta.settings.Table;

/// `[[epoch]]`: the records that `karuta agree complete` wrote, for the bundles that may be imported. The keys are the
/// guard's; that they are those of the records is what the server asks it.
final class EpochSection {
  private static final Pattern CHECK_VALUE = Pattern.compile("[0-9a-fA-F]{64}");

  /// What the guard uses, and what people compare.
  private static final List<String> RECORDED =
      List.of("issuer-kdf", "verifier-kdf", "key", "issuer-token");

  private EpochSection() {}

  /// One record: its epoch, and the verifier token that agreed its key.
  private record Recorded(EpochId id, String token, String checkValue) {}

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
        records.stream()
            .collect(Collectors.toMap(Recorded::id, Recorded::checkValue, (_, last) -> last)));
  }

  private static Recorded record(Path file) {
    try {
      var settings = Settings.read(file);
      var table = settings.root().table("epoch");
      var name = table.text("name", EpochId::new);
      var token = table.text("token");
      var checkValue = table.text("check-value", EpochSection::checkValue);
      var use = table.text("use", AgreementUse::named);
      table.text(
          "kdf",
          text -> {
            var kdf = Kdf.named(text);
            use.known().ifPresent(known -> known.require(kdf));
            return kdf;
          });
      for (var field : RECORDED) {
        table.text(field);
      }
      settings.check();
      return new Recorded(name.value(), token.value(), checkValue.value());
    } catch (SettingsInvalid invalid) {
      throw new IllegalArgumentException(
          "names a damaged epoch record: " + String.join("; ", invalid.problems()), invalid);
    }
  }

  private static String checkValue(String text) {
    if (!CHECK_VALUE.matcher(text).matches()) {
      throw new IllegalArgumentException("must be 64 hexadecimal digits");
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
