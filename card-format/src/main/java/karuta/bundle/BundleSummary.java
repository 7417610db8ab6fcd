package karuta.bundle;

/// What is known of a body once its last line was written or read.
///
/// @param cards how many cards it holds
/// @param contentDigest SHA-256 over every byte of the body, 64 hex digits: the next bundle names it as `previous`
public record BundleSummary(long cards, String contentDigest) {}
