package karuta.demobank.bank;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import karuta.demobank.bank.Confirmation.Kind;
import org.jspecify.annotations.Nullable;

/// Accounts, transfers and what waits to be confirmed, in memory. A transfer moves money exactly once.
public final class Bank {
  /// Every account begins with this, in yen.
  public static final BigDecimal OPENING_BALANCE = BigDecimal.valueOf(1_284_500);

  private static final int REMEMBERED = 1_000;

  private final Customers customers;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<String, Confirmation> confirmations = new ConcurrentHashMap<>();
  private final ConcurrentLinkedDeque<String> oldest = new ConcurrentLinkedDeque<>();
  private final Map<String, BigDecimal> spent = new ConcurrentHashMap<>();

  public Bank(Customers customers, InstantSource clock, SecureRandom random) {
    this.customers = customers;
    this.clock = clock;
    this.random = random;
  }

  public Customers customers() {
    return customers;
  }

  /// What the customer has, in yen.
  public BigDecimal balance(Customer customer) {
    return OPENING_BALANCE.subtract(spent.getOrDefault(customer.subject(), BigDecimal.ZERO));
  }

  /// The customer asks for a transfer.
  public Confirmation transfer(Customer customer, String payee, BigDecimal amount) {
    return remember(new Confirmation(newId(), newNumber(), customer, Kind.TRANSFER, payee, amount));
  }

  /// The customer asks for the switch to the new card.
  public Confirmation switchCard(Customer customer) {
    return remember(
        new Confirmation(newId(), newNumber(), customer, Kind.SWITCH, "", BigDecimal.ZERO));
  }

  /// Finds what `customer` asked for; another customer's is not found.
  public Optional<Confirmation> find(Customer customer, String id) {
    return Optional.ofNullable(confirmations.get(id))
        .filter(found -> found.customer().equals(customer));
  }

  /// The transfers of a customer that were confirmed, newest first.
  public List<Confirmation> statement(Customer customer) {
    return confirmations.values().stream()
        .filter(c -> c.customer().equals(customer) && c.kind() == Kind.TRANSFER)
        .filter(c -> c.doneAt().isPresent())
        .sorted((a, b) -> b.doneAt().orElseThrow().compareTo(a.doneAt().orElseThrow()))
        .toList();
  }

  /// It is confirmed: money moves now, unless it has moved already.
  ///
  /// @param receipt Karuta's signed proof, or null where a password confirmed it
  public void settle(Confirmation confirmation, @Nullable String receipt) {
    if (confirmation.confirm(clock.instant(), receipt)) {
      spent.merge(confirmation.customer().subject(), confirmation.amount(), BigDecimal::add);
    }
  }

  /// A name that cannot be guessed, 128 bits; also good as an idempotency key.
  public String newId() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private String newNumber() {
    return "%012d".formatted(random.nextLong(1_000_000_000_000L));
  }

  private Confirmation remember(Confirmation confirmation) {
    confirmations.put(confirmation.id(), confirmation);
    oldest.addLast(confirmation.id());
    if (oldest.size() > REMEMBERED) {
      confirmations.remove(oldest.removeFirst());
    }
    return confirmation;
  }
}
