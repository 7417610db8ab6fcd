/// A client of the challenge server, for a bank's Java systems: every call of the contract over REST or gRPC, refusals
/// with their codes, retries that cost nothing, and the check of a receipt.
@NullMarked
package karuta.client;

import org.jspecify.annotations.NullMarked;
