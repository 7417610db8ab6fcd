package karuta.approval;

import java.util.Optional;
import karuta.settings.Field;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Table;

/// Those who may approve, in a configuration; without them nothing that they approve can be done.
///
/// ```toml
/// [officers]
/// required = 2                    # 2 if not given
///
/// [[officer]]
/// certificate = "officer-1.pem"
/// ```
public final class OfficersSection {
  private static final int MOST = 100;

  private OfficersSection() {}

  /// Reads them.
  ///
  /// @param several the table named after all of them, which the caller may read more of
  /// @param all what they are called together, the name of that table, such as `officers`
  /// @param each what one of them is called, the name of the tables of certificates
  public static Section<Optional<Officers>> read(
      Table root, Table several, String all, String each, NamedFiles files) {
    var required = several.number("required", Officers.FEWEST, MOST, Officers.FEWEST);
    var certificates =
        root.tables(each).stream().map(one -> one.text("certificate", files::certificate)).toList();
    if (!root.has(all) && certificates.isEmpty()) {
      return Optional::empty;
    }
    var known = certificates.stream().map(Field::known).flatMap(Optional::stream).toList();
    if (required.known().isPresent() && known.size() == certificates.size()) {
      try {
        var officers = new Officers(all, required.known().get(), known);
        return () -> Optional.of(officers);
      } catch (IllegalArgumentException e) {
        root.problem(all, String.valueOf(e.getMessage()));
      }
    }
    return Optional::empty;
  }
}
