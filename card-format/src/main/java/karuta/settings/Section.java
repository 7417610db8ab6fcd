package karuta.settings;

import java.util.function.Supplier;

/// A section that was read but is not believed yet: it has a value once the whole file is in order.
public interface Section<T> extends Supplier<T> {}
