package karuta.demobank.web;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import karuta.client.Refused;
import karuta.demobank.api.BackOffice;
import karuta.demobank.bank.Customers;
import karuta.v1.Card;
import karuta.v1.CardRecord;

/// "What the server knows": the stored record of a card, all of it, and why it is not the layout.
final class ServerPages {
  private final BackOffice backOffice;
  private final Customers customers;

  ServerPages(BackOffice backOffice, Customers customers) {
    this.backOffice = backOffice;
    this.customers = customers;
  }

  /// A stored draw as the page shows it.
  record DrawView(int number, String cells, String tag, boolean used, boolean current) {}

  /// A card in the list.
  record Issued(String subject, Card card) {}

  void mount(Site site) {
    site.get("/server", this::cards).get("/server/:subject/:generation", this::record);
  }

  private void cards(PageRequest request) {
    var cards = new ArrayList<Issued>();
    for (var customer : customers.all()) {
      try {
        backOffice.subject(customer.subject()).getCardsList().stream()
            .filter(card -> !card.getSerial().isEmpty())
            .forEach(card -> cards.add(new Issued(customer.subject(), card)));
      } catch (Refused e) {
        if (!e.is("unknown_subject")) {
          throw e;
        }
      }
    }
    request.page("server", Map.of("cards", cards));
  }

  private void record(PageRequest request) {
    var subject =
        customers.bySubject(request.part("subject")).orElseThrow(Site.NotFound::new).subject();
    var generation = request.part("generation");
    if (!generation.matches("[1-9][0-9]{0,4}")) {
      throw new Site.NotFound();
    }
    CardRecord record;
    try {
      record = backOffice.record(subject, Integer.parseInt(generation));
    } catch (Refused e) {
      throw e.is("unknown_subject") || e.is("card_not_found") ? new Site.NotFound() : e;
    }
    request.page(
        "server-card",
        Map.of(
            "record", record,
            "card", record.getCard(),
            "seed", HexFormat.of().formatHex(record.getPaletteSeed().toByteArray()),
            "draws", draws(record)));
  }

  private static List<DrawView> draws(CardRecord record) {
    return record.getDrawsList().stream()
        .map(
            draw ->
                new DrawView(
                    draw.getNumber(),
                    String.join("  ", draw.getCellsList()),
                    HexFormat.of().formatHex(draw.getTag().toByteArray()),
                    draw.getUsed(),
                    draw.getCurrent()))
        .toList();
  }
}
