/// The OpenAPI 3.1 document of the API, generated at start from the protobuf descriptors and the comments of the
/// contract.
@NullMarked
package karuta.server.api.openapi;

import org.jspecify.annotations.NullMarked;
