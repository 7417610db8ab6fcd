package karuta.demobank.web;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import karuta.client.Refused;
import karuta.demobank.api.Karuta;
import karuta.demobank.bank.Bank;
import karuta.demobank.bank.Customer;
import karuta.demobank.bank.DemoClock;
import karuta.demobank.bank.Letterbox;
import karuta.demobank.web.PageRequest.Action;
import karuta.v1.Card;
import karuta.v1.CardState;
import karuta.v1.Method;

/// The service list: order a card, follow it, switch to it, report it lost.
final class ServicePages {
  /// Days between the steps of a card's way, for the demo clock: with the post it is two to three weeks.
  private static final int DAYS_TO_MAIL = 7;

  private static final int DAYS_TO_ARRIVE = 10;

  /// How long the way takes, from order to delivery.
  private static final Duration FASTEST = Duration.ofDays(14);

  private static final Duration SLOWEST = Duration.ofDays(21);

  private final Karuta karuta;
  private final Bank bank;
  private final Letterbox letterbox;
  private final DemoClock calendar;
  private final ConfirmPages confirm;

  ServicePages(
      Karuta karuta, Bank bank, Letterbox letterbox, DemoClock calendar, ConfirmPages confirm) {
    this.karuta = karuta;
    this.bank = bank;
    this.letterbox = letterbox;
    this.calendar = calendar;
    this.confirm = confirm;
  }

  void mount(Site site) {
    site.getOwn("/services", this::list)
        .getOwn("/services/order", this::orderForm)
        .postOwn("/services/order", this::order)
        .getOwn("/services/card", this::way)
        .getOwn("/services/switch", this::notice)
        .postOwn("/services/switch", this::switchCard)
        .getOwn("/services/lost", this::lostForm)
        .postOwn("/services/lost", this::lost)
        .getOwn("/services/stopped", this::stopped)
        .postOwn("/clock/mail", this::mail)
        .postOwn("/clock/arrive", this::arrive)
        .getOwn("/card", this::hand)
        .getOwn("/letterbox/:file", this::page);
  }

  private Wallet wallet(PageRequest request) {
    return new Wallet(karuta.frontEnd().subject(request.customer().subject()));
  }

  private void list(PageRequest request) {
    var subject = karuta.frontEnd().subject(request.customer().subject());
    request.page("services", Map.of("services", Service.all(subject, this::inHand)));
  }

  private void orderForm(PageRequest request) {
    var subject = karuta.frontEnd().subject(request.customer().subject());
    if (subject.getMethod() == Method.ONE_TIME_PASSWORD) {
      request.notice(200, "not-eligible", List.of(Action.link("action.services", "/services")));
    } else if (!subject.getCanOrder()) {
      request.notice(200, "order-open", List.of(Action.link("action.way", "/services/card")));
    } else {
      var present = new Wallet(subject).inUse().map(card -> card.getState().name()).orElse("");
      request.page("order", Map.of("present", present));
    }
  }

  private void order(PageRequest request) {
    var customer = request.customer();
    if (!request.plain("postal").replaceAll("[-‐−ー〒 ]", "").equals(customer.postalCode())) {
      request.flash(Map.of("error", "order.postal.wrong"));
      request.go("/services/order");
      return;
    }
    try {
      karuta.frontEnd().order(customer.subject());
      request.flash(Map.of("done", "way.ordered.thanks"));
      request.go("/services/card");
    } catch (Refused e) {
      var key = e.is("not_eligible") ? "not-eligible" : "order-open";
      request.notice(409, key, List.of(Action.link("action.services", "/services")));
    }
  }

  private void way(PageRequest request) {
    var customer = request.customer();
    var card = wallet(request).newest();
    if (card.isEmpty()) {
      request.notice(200, "no-card", List.of(Action.link("action.services", "/services")));
      return;
    }
    request.page("way", wayModel(customer, card.get()));
  }

  private Map<String, Object> wayModel(Customer customer, Card card) {
    var model = new HashMap<String, Object>();
    var arrived = inHand(card);
    var ordered = Instant.ofEpochSecond(card.getOrderedAt().getSeconds());
    model.put("card", card);
    model.put("state", card.getState().name());
    model.put("today", calendar.now(customer));
    model.put("arrived", arrived);
    model.put("arrivedAt", letterbox.arrivedAt(card.getSerial()));
    model.put("expectedFrom", ordered.plus(FASTEST));
    model.put("expectedTo", ordered.plus(SLOWEST));
    model.put("activated", card.hasActivatedAt());
    model.put("page", arrived && letterbox.page(card.getSerial()).isPresent());
    model.put("step", step(card, arrived));
    return model;
  }

  /// How many of the five steps of the way are done.
  private static int step(Card card, boolean arrived) {
    if (card.hasActivatedAt()) {
      return 5;
    }
    if (arrived) {
      return 4;
    }
    return card.hasMailedAt() ? 3 : card.hasIssuedAt() ? 2 : 1;
  }

  private boolean inHand(Card card) {
    return card.hasActivatedAt() || letterbox.hasArrived(card.getSerial());
  }

  private void notice(PageRequest request) {
    var card = wallet(request).onItsWay();
    if (!Wallet.is(card, CardState.MAILED) || !inHand(card.orElseThrow())) {
      request.notice(
          200, "nothing-to-switch", List.of(Action.link("action.way", "/services/card")));
      return;
    }
    request.page("switch", Map.of("card", card.get()));
  }

  private void switchCard(PageRequest request) {
    if (!request.field("understood").equals("yes")) {
      request.flash(Map.of("error", "switch.notice.needed"));
      request.go("/services/switch");
      return;
    }
    confirm.begin(request, bank.switchCard(request.customer()));
  }

  private void lostForm(PageRequest request) {
    var wallet = wallet(request);
    if (wallet.inUse().isEmpty() && wallet.onItsWay().isEmpty()) {
      request.notice(200, "no-card", List.of(Action.link("action.services", "/services")));
      return;
    }
    request.page("lost", Map.of());
  }

  private void lost(PageRequest request) {
    var reason =
        switch (request.field("reason")) {
          case "stolen" -> "stolen";
          case "copied" -> "copied or photographed";
          default -> "lost";
        };
    karuta.frontEnd().suspend(request.customer().subject(), reason);
    request.go("/services/stopped");
  }

  private void stopped(PageRequest request) {
    request.notice(
        200,
        "stopped",
        List.of(
            Action.link("action.order", "/services/order"), Action.link("action.home", "/home")));
  }

  private void mail(PageRequest request) {
    var customer = request.customer();
    var card = wallet(request).onItsWay();
    if (Wallet.is(card, CardState.ISSUED)) {
      var generation = card.orElseThrow().getGeneration();
      karuta
          .backOffice()
          .mail(customer.subject(), generation, "DEMO-" + customer.login() + "-" + generation);
      calendar.advance(customer, DAYS_TO_MAIL);
    }
    request.go("/services/card");
  }

  private void arrive(PageRequest request) {
    var card = wallet(request).onItsWay();
    if (Wallet.is(card, CardState.MAILED) && !inHand(card.orElseThrow())) {
      calendar.advance(request.customer(), DAYS_TO_ARRIVE);
      letterbox.arrive(card.get().getSerial(), calendar.now(request.customer()));
    }
    request.go("/services/card");
  }

  /// The demo's stand-in for taking the card out of the drawer: the printed cards the customer holds.
  private void hand(PageRequest request) {
    var cards =
        karuta.frontEnd().subject(request.customer().subject()).getCardsList().stream()
            .filter(this::inHand)
            .filter(card -> !card.hasEndedAt() && letterbox.page(card.getSerial()).isPresent())
            .toList();
    request.page("hand", Map.of("cards", cards));
  }

  private void page(PageRequest request) {
    var file = request.part("file");
    var serial = file.replaceFirst("\\.(pdf|png)$", "");
    Path page =
        wallet(request)
            .bySerial(serial)
            .filter(this::inHand)
            .flatMap(card -> letterbox.page(serial))
            .orElseThrow(Site.NotFound::new);
    var response = request.context().response();
    if (file.endsWith(".png")) {
      var image = request.context().vertx().executeBlocking(() -> CardImage.png(page)).await();
      response.putHeader("Content-Type", "image/png").end(image);
    } else {
      Guard.allowViewer(request.context());
      response.putHeader("Content-Type", "application/pdf").sendFile(page.toString());
    }
  }
}
