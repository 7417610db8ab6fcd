package karuta.server.challenge;

import karuta.card.Subject;

/// What a caller asks for: a question for one transaction.
///
/// @param purpose any but [Purpose#ACTIVATION]
/// @param stepUp whether two draws are to be asked; policy may ask for it by itself
public record NewChallenge(
    Subject subject, Purpose purpose, Transaction transaction, boolean stepUp) {}
