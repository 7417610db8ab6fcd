package karuta.settings;

import java.util.function.Supplier;

/// A section of a settings file that has been read but not yet checked: it has a value once the whole file is known to
/// be valid.
public interface Section<T> extends Supplier<T> {}
