package karuta.server.watch;

/// Is told what happened, after it is on disk. For metrics and alarms; must be quick, must not throw, and learns
/// nothing about whom it happened to.
@FunctionalInterface
public interface Observer {
  /// What can happen: the closed list.
  enum Event {
    CHALLENGE_CREATED,
    CHALLENGE_REPEATED,
    CHALLENGE_ABANDONED,
    CHALLENGE_EXPIRED,
    ANSWER_RIGHT,
    ANSWER_WRONG,
    /// An answer that was not verified: expired, locked, refused.
    ANSWER_UNVERIFIED,
    /// An answer whose stored verdict was given again.
    ANSWER_REPEATED,
    /// A verdict that became known after its challenge had ended: settled, and told to nobody.
    ANSWER_UNTOLD,
    /// A draw that the guard has passed before, and the store had forgotten: used up now, nothing counted. An alarm.
    DRAW_SPENT,
    /// The guard judges a card no more, or cards that have failed, or the token uses a book key no more: people have to
    /// look. An alarm.
    GUARD_CAPPED,
    /// The guard's journal lacks what the store remembers. An alarm.
    JOURNAL_BEHIND,
    /// The store lacks what the guard's journal remembers. An alarm.
    STORE_BEHIND,
    CARD_ACTIVATED,
    CARD_LOCKED,
    /// Many wrong answers in a card's life: it is asked two draws from now on. An alarm.
    CARD_STEPPED_UP,
    /// Suspended by the server itself: too many questions were abandoned. An alarm.
    CARD_SUSPENDED,
    /// Wrong answers on many accounts within the window. An alarm.
    HORIZONTAL_GUESSING,
    HORIZONTAL_GUESSING_OVER,
    /// The guard gave no verdict.
    GUARD_FAULT,
    /// The bank-wide watch could not look, because the store failed or has too much to do; it looks again in a moment.
    /// An alarm.
    WATCH_FAILED,
    /// This machine's clock is more than a second off the store's. An alarm.
    CLOCK_DIFFERS,
    /// What is stored contradicts a rule of the server. An alarm.
    INVARIANT_BROKEN
  }

  void saw(Event event);

  /// How the bank-wide alarm stands, told each time the watch looks: another server may have raised or cleared it.
  default void guessing(boolean raised) {}
}
