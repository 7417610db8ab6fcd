package karuta.server.api;

/// What a request may be, and what development may see.
///
/// @param maxBodyBytes the most a request message may have
/// @param reflection whether gRPC clients may ask for the contract
public record Limits(int maxBodyBytes, boolean reflection) {}
