package karuta.server.api;

/// Who calls: a client of the configuration, named by the common name of its certificate.
///
/// @param name the client's name, as it will stand in the audit
/// @param role what the client may do
/// @param maxInFlight how many of its requests may be under way at once
public record Client(String name, Role role, int maxInFlight) {}
