package karuta.server.audit;

import java.time.Instant;

/// One row of the audit.
///
/// @param actor the caller's name, or `karuta` for what the server did by itself
/// @param generation which card; 0 if none is concerned
/// @param challengeId empty if none is concerned
/// @param draw the draw's number in its book; 0 if none is concerned
/// @param detail free text for people; no answer, no palette
public record AuditEntry(
    Instant at,
    String actor,
    AuditEvent event,
    int generation,
    String challengeId,
    int draw,
    String detail) {}
