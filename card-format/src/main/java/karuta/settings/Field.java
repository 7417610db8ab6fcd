package karuta.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One value of a settings file. It can be read once [Settings#check] has found the whole file in order; before that,
/// another field may still be missing.
public final class Field<T> {
  private final Settings settings;
  private final @Nullable T value;

  Field(Settings settings, @Nullable T value) {
    this.settings = settings;
    this.value = value;
  }

  /// The value.
  ///
  /// @throws IllegalStateException if the file has not been checked yet
  public T value() {
    if (!settings.checked() || value == null) {
      throw new IllegalStateException("a field is read after the check of its file");
    }
    return value;
  }

  /// Whether it has that value, also before the check: for a field that decides which others must be there.
  public boolean is(T other) {
    return other.equals(value);
  }

  /// The value as far as it is known before the check: for fields that limit each other. Nothing if the field is itself
  /// at fault.
  public Optional<T> known() {
    return Optional.ofNullable(value);
  }

  @Nullable T peek() {
    return value;
  }
}
