package karuta.guard.journal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.digest.Sha256;
import karuta.guard.client.Judgement;
import karuta.guard.client.Question.Statement;

/// A judgement as it is recorded, with what its receipt says.
///
/// @param draws those it was about; none if the challenge was closed
/// @param statement none if the challenge was closed
public record Row(
    Judgement judgement,
    Subject subject,
    Generation generation,
    List<Integer> draws,
    Optional<Statement> statement) {
  /// The hash of a row: SHA-256 over all it holds and the two hashes before it, that of its guard's chain and that of
  /// its card's.
  ///
  /// Every field stands on a line of its own, and none may hold a line's end; so two rows never give the same text.
  ///
  /// @param chain the hash of the guard's row before; empty for the first
  /// @param card the hash of the card's row before; empty for the first
  /// @return base64url, 43 characters
  public static String hash(Row unsealed, String chain, String card) {
    var judgement = unsealed.judgement();
    var statement = unsealed.statement();
    var text =
        String.join(
            "\n",
            "karuta judgement v1",
            judgement.guard(),
            Long.toString(judgement.sequence()),
            chain,
            unsealed.subject().value(),
            Integer.toString(unsealed.generation().value()),
            Long.toString(judgement.head().number()),
            card,
            judgement.challenge().value(),
            draw(unsealed.draws(), 0),
            draw(unsealed.draws(), 1),
            judgement.verdict().name(),
            statement.map(Statement::purpose).orElse(""),
            statement.map(Statement::transactionDigest).orElse(""),
            statement.map(Statement::audience).orElse(""),
            Long.toString(judgement.at().toEpochMilli()));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String draw(List<Integer> draws, int index) {
    return index < draws.size() ? Integer.toString(draws.get(index)) : "";
  }
}
