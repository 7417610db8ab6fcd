package karuta.server.store;

/// A seal over a stretch of the audit.
///
/// @param number 1, 2, ...
/// @param lastId the last audit row under it; the first is the one after the last row of the seal before
/// @param seal the compact JWS
public record SealRow(long number, String lastId, String seal) {}
