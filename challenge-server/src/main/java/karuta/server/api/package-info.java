/// The transports: one contract, offered as gRPC and as REST on one port.
///
/// The contract is the protobuf files of `challenge-api` and nothing else. {@link karuta.server.api.Contract} adds to
/// each method who may call it and which lane it runs on; {@link karuta.server.api.RequestPipeline} is the one way from
/// a transport to the domain: identity, role, share, deadline, metrics, and errors, in this order, the same for both
/// transports. The REST transport is mounted at start from the `google.api.http` annotations, the OpenAPI document is
/// written from the same descriptors.
@NullMarked
package karuta.server.api;

import org.jspecify.annotations.NullMarked;
