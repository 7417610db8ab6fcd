package karuta.agreement;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import karuta.card.EpochId;
import karuta.settings.Settings;
import karuta.settings.SettingsInvalid;

/// The record of `karuta agree complete`, as whoever uses the epoch reads it.
///
/// @param token the serial of the verifier token that agreed the key
/// @param checkValue 64 lower-case hexadecimal digits
public record RecordedEpoch(
    EpochId id, String token, AgreementUse use, Kdf kdf, String checkValue) {
  private static final Pattern CHECK_VALUE = Pattern.compile("[0-9a-fA-F]{64}");

  /// For people who compare records: what the check value proves is proved in the token, at every start.
  private static final List<String> COMPARED =
      List.of("key", "issuer-token", "issuer-kdf", "verifier-kdf");

  /// Reads a record.
  ///
  /// @throws IllegalArgumentException with a text for the operator, if it is damaged
  public static RecordedEpoch read(Path file) {
    try {
      var settings = Settings.read(file);
      var table = settings.root().table("epoch");
      var id = table.text("name", EpochId::new);
      var use = table.text("use", AgreementUse::named);
      var kdf =
          table.text(
              "kdf",
              text -> {
                var named = Kdf.named(text);
                use.known().ifPresent(known -> known.require(named));
                return named;
              });
      var checkValue = table.text("check-value", RecordedEpoch::checkValue);
      var token = table.text("token");
      COMPARED.forEach(table::text);
      settings.check();
      return new RecordedEpoch(
          id.value(), token.value(), use.value(), kdf.value(), checkValue.value());
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
