package karuta.server.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import karuta.agreement.RecordedEpoch;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Table;

/// `[[epoch]]`: the records that `karuta agree complete` wrote, for the bundles that may be imported. The keys are the
/// guard's; that they are those of the records is what the server asks it.
final class EpochSection {
  private EpochSection() {}

  static Section<ServerConfig.Epochs> read(Table root, NamedFiles files) {
    var records = new ArrayList<Section<RecordedEpoch>>();
    var tokens = new HashSet<String>();
    for (var table : root.tables("epoch")) {
      var record =
          table.text(
              "record",
              path -> {
                var read = RecordedEpoch.read(files.readable(path));
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

  private static ServerConfig.Epochs epochs(List<RecordedEpoch> records) {
    return new ServerConfig.Epochs(
        records.getFirst().token(),
        records.stream()
            .collect(
                Collectors.toMap(RecordedEpoch::id, RecordedEpoch::checkValue, (_, last) -> last)));
  }
}
