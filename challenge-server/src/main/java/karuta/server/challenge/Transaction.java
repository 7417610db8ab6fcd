package karuta.server.challenge;

import java.util.List;

/// What the customer is about to do: as sent, or canonical after [CanonicalTransaction#of]. Only the canonical form is
/// shown, hashed, stored and signed.
///
/// @param reference the bank's own reference, may be empty
/// @param payee whom the money goes to, may be empty
/// @param amount a plain decimal number, may be empty
/// @param currency ISO 4217, empty if there is no amount
/// @param lines further lines to show, at most 10
public record Transaction(
    String reference, String payee, String amount, String currency, List<String> lines) {
  public Transaction {
    lines = List.copyOf(lines);
  }
}
