package karuta.demo.process;

/// What a command left behind.
///
/// @param out its results
/// @param err its progress and errors
public record Ended(int exitCode, String out, String err) {}
