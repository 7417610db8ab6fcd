package karuta.guard.config;

import java.util.Optional;
import karuta.approval.Officers;
import karuta.settings.Field;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Table;

/// `[officers]` and `[[officer]]`; without them nothing that officers do can be done.
final class OfficersSection {
  private static final int MOST = 100;

  private OfficersSection() {}

  static Section<Optional<Officers>> read(Table root, NamedFiles files) {
    var table = root.optionalTable("officers");
    var required = table.number("required", Officers.FEWEST, MOST, Officers.FEWEST);
    var certificates =
        root.tables("officer").stream()
            .map(officer -> officer.text("certificate", files::certificate))
            .toList();
    if (!root.has("officers") && certificates.isEmpty()) {
      return Optional::empty;
    }
    var known = certificates.stream().map(Field::known).flatMap(Optional::stream).toList();
    if (required.known().isPresent() && known.size() == certificates.size()) {
      try {
        var officers = new Officers(required.known().get(), known);
        return () -> Optional.of(officers);
      } catch (IllegalArgumentException e) {
        root.problem("officers", String.valueOf(e.getMessage()));
      }
    }
    return Optional::empty;
  }
}
