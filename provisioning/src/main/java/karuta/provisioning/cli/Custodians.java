package karuta.provisioning.cli;

import java.util.Optional;
import karuta.approval.Officers;
import karuta.approval.OfficersSection;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Table;

/// Who has to agree before anything in a token is destroyed, as its token file says.
sealed interface Custodians {
  /// So many of them have to approve it.
  record Several(Officers all) implements Custodians {}

  /// Whoever has the PIN may do it alone; on tokens for development only.
  record Alone() implements Custodians {}

  /// The file says nothing, so nothing is destroyed.
  record Unnamed() implements Custodians {}

  /// Reads `[custodians]` and `[[custodian]]`.
  static Section<Custodians> read(Table root, NamedFiles files) {
    var table = root.optionalTable("custodians");
    var development = table.flag("development", false);
    if (development.known().orElse(false)) {
      if (root.has("custodian") || table.has("required")) {
        table.problem("development", "is for tokens without custodians; name them, or leave it");
      }
      return Alone::new;
    }
    var several = OfficersSection.read(root, table, "custodians", "custodian", files);
    return () -> several.get().<Custodians>map(Several::new).orElseGet(Unnamed::new);
  }

  /// Those who approve it; empty if it is one person's affair, or nobody's.
  default Optional<Officers> approving() {
    return this instanceof Several several ? Optional.of(several.all()) : Optional.empty();
  }
}
