package karuta.demobank.web;

import java.util.List;
import java.util.Map;
import karuta.client.Refused;
import karuta.demobank.api.BackOffice;
import karuta.demobank.bank.Customer;
import karuta.demobank.bank.Customers;
import karuta.demobank.web.Visit.Action;

/// The back office: finds a customer, shows his cards' life, exposure and audit, and acts on a card with a reason.
///
/// In a real bank this is another site, for staff, with another login. It shares the demo's address so that one window
/// shows both sides.
final class OfficePages {
  private static final int REASON_LENGTH = 140;

  private final BackOffice backOffice;
  private final Customers customers;

  OfficePages(BackOffice backOffice, Customers customers) {
    this.backOffice = backOffice;
    this.customers = customers;
  }

  void mount(Site site) {
    site.get("/office", this::find)
        .post("/office", this::search)
        .get("/office/:subject", this::subject)
        .post("/office/:subject/:verb", this::act);
  }

  private void find(Visit visit) {
    visit.page("office", Map.of("customers", customers.all(), "orders", backOffice.orders()));
  }

  private void search(Visit visit) {
    var words = visit.field("find");
    var found =
        customers.all().stream()
            .filter(
                customer ->
                    customer.subject().equals(words)
                        || customer.login().equals(words)
                        || customer.name().ja().replace(" ", "").equals(words.replace(" ", ""))
                        || customer.name().en().equalsIgnoreCase(words))
            .findFirst();
    if (found.isEmpty()) {
      visit.flash(Map.of("error", "office.not-found", "find", words));
    }
    visit.go(found.map(customer -> "/office/" + customer.subject()).orElse("/office"));
  }

  private void subject(Visit visit) {
    var customer = customer(visit);
    try {
      var subject = backOffice.subject(customer.subject());
      visit.page(
          "office-subject",
          Map.of(
              "who", customer,
              "method", subject.getMethod().name(),
              "cards", subject.getCardsList(),
              "audit", backOffice.audit(customer.subject())));
    } catch (Refused e) {
      if (!e.is("unknown_subject")) {
        throw e;
      }
      visit.notice(200, "unregistered", List.of(Action.link("action.office", "/office")));
    }
  }

  private void act(Visit visit) {
    var subject = customer(visit).subject();
    var reason = visit.field("reason");
    var number = visit.field("generation");
    if (reason.isEmpty() || reason.length() > REASON_LENGTH || !number.matches("[0-9]{1,4}")) {
      visit.flash(Map.of("error", "office.reason.needed"));
    } else {
      carryOut(visit, subject, Integer.parseInt(number), reason);
    }
    visit.go("/office/" + subject);
  }

  private void carryOut(Visit visit, String subject, int generation, String reason) {
    try {
      switch (visit.part("verb")) {
        case "mail" -> backOffice.mail(subject, generation, reason);
        case "return" -> backOffice.returned(subject, generation, reason);
        case "unlock" -> backOffice.unlock(subject, generation, reason);
        case "suspend" -> backOffice.suspend(subject, generation, reason);
        case "retire" -> backOffice.retire(subject, generation, reason);
        default -> throw new Site.NotFound();
      }
      visit.flash(Map.of("done", "office.done"));
    } catch (Refused e) {
      visit.flash(Map.of("error", "office.refused", "code", e.code()));
    }
  }

  private Customer customer(Visit visit) {
    return customers.bySubject(visit.part("subject")).orElseThrow(Site.NotFound::new);
  }
}
