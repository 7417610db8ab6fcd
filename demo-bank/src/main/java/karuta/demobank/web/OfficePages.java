package karuta.demobank.web;

import java.util.List;
import java.util.Map;
import karuta.client.Refused;
import karuta.demobank.api.BackOffice;
import karuta.demobank.bank.Customer;
import karuta.demobank.bank.Customers;
import karuta.demobank.web.PageRequest.Action;

/// The back office: finds a customer, shows the cards' life, exposure and audit, and acts on a card with a reason.
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

  private void find(PageRequest request) {
    request.page("office", Map.of("customers", customers.all(), "orders", backOffice.orders()));
  }

  private void search(PageRequest request) {
    var words = request.plain("find");
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
      request.flash(Map.of("error", "office.not-found", "find", words));
    }
    request.go(found.map(customer -> "/office/" + customer.subject()).orElse("/office"));
  }

  private void subject(PageRequest request) {
    var customer = customer(request);
    try {
      var subject = backOffice.subject(customer.subject());
      request.page(
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
      request.notice(200, "unregistered", List.of(Action.link("action.office", "/office")));
    }
  }

  private void act(PageRequest request) {
    var subject = customer(request).subject();
    var reason = request.field("reason");
    var number = request.field("generation");
    if (reason.isEmpty() || reason.length() > REASON_LENGTH || !number.matches("[0-9]{1,4}")) {
      request.flash(Map.of("error", "office.reason.needed"));
    } else {
      carryOut(request, subject, Integer.parseInt(number), reason);
    }
    request.go("/office/" + subject);
  }

  private void carryOut(PageRequest request, String subject, int generation, String reason) {
    try {
      switch (request.part("verb")) {
        case "mail" -> backOffice.mail(subject, generation, reason);
        case "return" -> backOffice.returned(subject, generation, reason);
        case "unlock" -> backOffice.unlock(subject, generation, reason);
        case "suspend" -> backOffice.suspend(subject, generation, reason);
        case "retire" -> backOffice.retire(subject, generation, reason);
        default -> throw new Site.NotFound();
      }
      request.flash(Map.of("done", "office.done"));
    } catch (Refused e) {
      request.flash(Map.of("error", "office.refused", "code", e.code()));
    }
  }

  private Customer customer(PageRequest request) {
    return customers.bySubject(request.part("subject")).orElseThrow(Site.NotFound::new);
  }
}
