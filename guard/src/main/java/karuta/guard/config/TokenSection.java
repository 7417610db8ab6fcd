package karuta.guard.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import karuta.agreement.RecordedEpoch;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Table;
import org.jspecify.annotations.Nullable;

/// `[token]` and `[[epoch]]`.
final class TokenSection {
  private TokenSection() {}

  /// @param pin where the PIN's file is
  /// @param serialSeen is given the serial as soon as it is read, for the records of the epochs
  static Section<GuardConfig.Token> read(
      Table table,
      NamedFiles files,
      Function<String, Path> pin,
      AtomicReference<String> serialSeen) {
    var module = table.text("module", path -> absolute(files.readable(path), path));
    var label = table.text("label");
    var serial =
        table.text(
            "serial",
            text -> {
              serialSeen.set(text);
              return text;
            });
    var pinFile = table.text("pin-file", pin);
    var sessions = table.number("sessions", 1, 256, 8);
    var deadline = table.seconds("deadline-seconds", 2, 300, 15);
    return () ->
        new GuardConfig.Token(
            module.value(),
            label.value(),
            serial.value(),
            pinFile.value(),
            sessions.value(),
            deadline.value());
  }

  private static Path absolute(Path file, String path) {
    if (!Path.of(path).isAbsolute()) {
      throw new IllegalArgumentException(
          "must be an absolute path: whoever can plant a library owns the keys");
    }
    return file;
  }

  /// @param serial of the token in `[token]`; null if it has none, which is a problem of its own
  static Section<List<GuardConfig.Epoch>> epochs(
      Table root, NamedFiles files, @Nullable String serial) {
    var epochs = new ArrayList<Section<GuardConfig.Epoch>>();
    for (var table : root.tables("epoch")) {
      var record = table.text("record", path -> record(files.readable(path), serial));
      epochs.add(record::value);
    }
    if (epochs.isEmpty()) {
      root.problem(
          "epoch", "missing; name the record that karuta agree complete wrote in an [[epoch]]");
    }
    return () -> epochs.stream().map(Section::get).toList();
  }

  private static GuardConfig.Epoch record(Path file, @Nullable String serial) {
    var read = RecordedEpoch.read(file);
    if (serial != null && !read.token().equals(serial)) {
      throw new IllegalArgumentException(
          "names the record of another token: epoch.token in "
              + file.getFileName()
              + " is not token.serial of this file");
    }
    return new GuardConfig.Epoch(read.id(), read.use(), read.kdf(), read.checkValue());
  }
}
