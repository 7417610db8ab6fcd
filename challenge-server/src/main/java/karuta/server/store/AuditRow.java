package karuta.server.store;

/// A row of the audit as it stands in the table, column for column: what a seal is made over.
///
/// @param at milliseconds since 1970 UTC
public record AuditRow(
    String id,
    long at,
    String subject,
    int generation,
    String actor,
    String event,
    String challengeId,
    int draw,
    String detail) {}
