/// The OpenAPI document of the contract, made from the protos.
@NullMarked
package karuta.server.api.openapi;

import org.jspecify.annotations.NullMarked;
