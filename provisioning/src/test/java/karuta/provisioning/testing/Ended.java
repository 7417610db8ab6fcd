package karuta.provisioning.testing;

/// What a command left behind.
public record Ended(int exitCode, String out, String err) {}
