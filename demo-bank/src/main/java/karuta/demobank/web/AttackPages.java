package karuta.demobank.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import karuta.client.Refused;
import karuta.demobank.api.BackOffice;
import karuta.demobank.attack.Attacker;
import karuta.demobank.bank.Customer;
import karuta.demobank.bank.Customers;
import karuta.v1.CardState;
import karuta.v1.Subject;

/// The attacker's view: pick a victim, try an attack against the live server, read what came of it and why.
final class AttackPages {
  private static final String RESULT = "attack";

  private final BackOffice backOffice;
  private final Customers customers;
  private final Attacker attacker;

  AttackPages(BackOffice backOffice, Customers customers, Attacker attacker) {
    this.backOffice = backOffice;
    this.customers = customers;
    this.attacker = attacker;
  }

  /// A customer with a card to attack.
  record Victim(Customer customer, int generation, String state) {}

  void mount(Site site) {
    site.get("/attack", this::show).post("/attack/:kind", this::attack);
  }

  private void show(PageRequest request) {
    var model = new HashMap<String, Object>(Map.of("victims", victims(), "kind", "", "result", ""));
    Map<String, Object> result = request.session().get(RESULT);
    if (result != null) {
      model.putAll(result);
    }
    request.page("attack", model);
  }

  private void attack(PageRequest request) {
    var victim =
        victims().stream()
            .filter(v -> v.customer().subject().equals(request.field("victim")))
            .findFirst()
            .orElseThrow(Site.NotFound::new);
    var subject = victim.customer().subject();
    var kind = request.part("kind");
    Map<String, Object> result;
    try {
      Object found =
          switch (kind) {
            case "reload" -> attacker.reload(subject);
            case "guess" -> attacker.guess(subject);
            case "theft" -> attacker.steal(subject, victim.generation());
            default -> throw new Site.NotFound();
          };
      result = Map.of("kind", kind, "result", found);
    } catch (Refused e) {
      result = Map.of("kind", "refused", "result", e.code());
    }
    request.session().put(RESULT, result);
    request.go("/attack");
  }

  /// The customers whose card has been switched on and is not over; first those whose card is not locked, and of these
  /// the last of the bank's customers, so that it is nobody's own card that the first attack locks.
  private List<Victim> victims() {
    var victims = new ArrayList<Victim>();
    for (var customer : customers.all().reversed()) {
      new Wallet(read(customer))
          .inUse()
          .ifPresent(
              card ->
                  victims.add(new Victim(customer, card.getGeneration(), card.getState().name())));
    }
    victims.sort(
        (a, b) ->
            Boolean.compare(
                b.state().equals(CardState.ACTIVE.name()),
                a.state().equals(CardState.ACTIVE.name())));
    return victims;
  }

  private Subject read(Customer customer) {
    try {
      return backOffice.subject(customer.subject());
    } catch (Refused e) {
      if (!e.is("unknown_subject")) {
        throw e;
      }
      return Subject.getDefaultInstance();
    }
  }
}
