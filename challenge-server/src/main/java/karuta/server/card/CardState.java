package karuta.server.card;

/// Where a card stands between its order and its end. `docs/card-lifecycle.md` has the table of changes.
public enum CardState {
  /// Asked for, not made yet.
  ORDERED,
  /// Made; its book is imported.
  ISSUED,
  /// On its way; the only state a card can be switched on from.
  MAILED,
  /// In use.
  ACTIVE,
  /// Too many wrong answers in a row.
  LOCKED,
  /// Lost, stolen, copied, or too many questions abandoned.
  SUSPENDED,
  /// Over.
  RETIRED,
  /// Undeliverable: over as well.
  RETURNED
}
