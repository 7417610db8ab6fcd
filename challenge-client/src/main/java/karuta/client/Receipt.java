package karuta.client;

import java.time.Instant;
import karuta.v1.Purpose;

/// What a receipt states once it has been verified (`docs/receipts.md`).
///
/// @param challenge its id; it passes once, so whoever moves money keeps it under a unique index
/// @param transactionDigest base64url of SHA-256 over the canonical transaction, see [TransactionDigest]
/// @param generation which card of the subject
/// @param draws 1, or 2 for a step-up
public record Receipt(
    String issuer,
    String subject,
    String challenge,
    Purpose purpose,
    String transactionDigest,
    int generation,
    int draws,
    Instant at) {}
