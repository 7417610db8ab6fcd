package karuta.client;

import java.time.Instant;
import karuta.v1.Purpose;

/// What a receipt states once it has been verified (`docs/receipts.md`). Two receipts with equal claims are one: the
/// same pass, signed twice, has two texts and one `Receipt`.
///
/// `guard` and `sequence` say where the judgement stands in the journal of whoever judged it. Each judgement of a guard
/// has a number of its own, and a higher one is never older. So another challenge with the same guard and number, or a
/// higher number with an earlier `at`, shows that a journal was put back: a caller that keeps the receipts it took can
/// look for both. Gaps mean nothing, because wrong answers have numbers too, and neither does the order in which
/// receipts arrive.
///
/// @param audience who shall take it
/// @param challenge its id; it passes once, so whoever moves money keeps it under a unique index
/// @param transactionDigest base64url of SHA-256 over the canonical transaction, see [TransactionDigest]
/// @param generation which card of the subject
/// @param draws 1, or 2 for a step-up
/// @param at when it was judged, in whole seconds
/// @param expiresAt from when on it counts no more
/// @param guard the name of the guard that judged and signed
/// @param sequence the number of the judgement among that guard's, from 1
public record Receipt(
    String issuer,
    String audience,
    String subject,
    String challenge,
    Purpose purpose,
    String transactionDigest,
    int generation,
    int draws,
    Instant at,
    Instant expiresAt,
    String guard,
    long sequence) {}
