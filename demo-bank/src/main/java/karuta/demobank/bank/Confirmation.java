package karuta.demobank.bank;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import karuta.v1.Transaction;
import org.jspecify.annotations.Nullable;

/// One thing a customer has asked for and must confirm: a transfer, or the switch to a new card.
///
/// It becomes done at most once, whoever says so: a reply, a reload after a lost reply, or the second of two clicks.
public final class Confirmation {
  /// What is to be confirmed.
  public enum Kind {
    TRANSFER,
    SWITCH
  }

  private final String id;
  private final String number;
  private final Customer customer;
  private final Kind kind;
  private final String payee;
  private final BigDecimal amount;
  private @Nullable String challengeId;
  private @Nullable String refusal;
  private int attemptsLeft = -1;
  private int unanswered;
  private @Nullable Instant doneAt;
  private @Nullable String receipt;

  /// @param id in the address of its page
  /// @param number twelve digits
  Confirmation(
      String id, String number, Customer customer, Kind kind, String payee, BigDecimal amount) {
    this.id = id;
    this.number = number;
    this.customer = customer;
    this.kind = kind;
    this.payee = payee;
    this.amount = amount;
  }

  /// Names it in the address of its page; cannot be guessed.
  public String id() {
    return id;
  }

  /// The bank's own reference: twelve digits, which a customer can read out on the telephone.
  public String number() {
    return number;
  }

  public Customer customer() {
    return customer;
  }

  public Kind kind() {
    return kind;
  }

  public String payee() {
    return payee;
  }

  /// In yen; zero for a switch.
  public BigDecimal amount() {
    return amount;
  }

  /// The transfer as Karuta is to bind the question to it.
  public Transaction transaction() {
    return Transaction.newBuilder()
        .setReference(number)
        .setPayee(payee)
        .setAmount(amount.toPlainString())
        .setCurrency("JPY")
        .addAllLines(List.of())
        .build();
  }

  /// The challenge put for this, if one was.
  public synchronized Optional<String> challengeId() {
    return Optional.ofNullable(challengeId);
  }

  /// A question was put, perhaps again.
  public synchronized void asked(String challenge) {
    challengeId = challenge;
    refusal = null;
    attemptsLeft = -1;
  }

  /// No question was put.
  ///
  /// @param code says why
  public synchronized void refused(String code) {
    refusal = code;
  }

  /// Why no question was put, when one was last asked for.
  public synchronized Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /// Wrong answers that remain, as the reply to the last answer told; -1 if none has told.
  public synchronized int attemptsLeft() {
    return attemptsLeft;
  }

  /// The last answer was wrong.
  public synchronized void wrong(int left) {
    attemptsLeft = left;
  }

  /// The question was shown while the card had so many unanswered ones in a row.
  public synchronized void shown(int before) {
    unanswered = before;
  }

  /// How many questions in a row were left unanswered, with this one. The server counts it when it notices the end,
  /// which may be a little later than the customer does.
  ///
  /// @param counted what the server has counted so far
  public synchronized int unanswered(int counted) {
    return Math.max(counted, unanswered + 1);
  }

  /// When it was confirmed.
  public synchronized Optional<Instant> doneAt() {
    return Optional.ofNullable(doneAt);
  }

  /// The signed receipt, if pictures confirmed it.
  public synchronized Optional<String> receipt() {
    return Optional.ofNullable(receipt);
  }

  /// Confirms it. Only the first call says true.
  synchronized boolean confirm(Instant now, @Nullable String proof) {
    if (doneAt != null) {
      return false;
    }
    doneAt = now;
    receipt = proof;
    return true;
  }
}
