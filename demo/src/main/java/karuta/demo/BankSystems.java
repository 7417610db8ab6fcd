package karuta.demo;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import karuta.client.Endpoint;
import karuta.client.Identity;
import karuta.client.KarutaClient;
import karuta.client.Retry;

/// The bank's own systems as clients of a server: front end and back office, with the certificates of a stack's
/// development PKI.
public final class BankSystems implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Home home;
  private final URI api;
  private final KarutaClient frontEnd;
  private final KarutaClient backOffice;

  /// @param api where the server is
  public BankSystems(Home home, URI api) {
    this.home = home;
    this.api = api;
    this.frontEnd = KarutaClient.rest(vertx, frontEndpoint(), Retry.USUAL);
    this.backOffice = KarutaClient.rest(vertx, backEndpoint(), Retry.USUAL);
  }

  /// A customer with the newest card, over REST.
  public Customer customer(String name) {
    return customer(name, frontEnd, backOffice);
  }

  /// A customer with the newest card, over gRPC.
  public Customer customerOverGrpc(String name) {
    return customer(
        name,
        KarutaClient.grpc(vertx, frontEndpoint(), Retry.USUAL),
        KarutaClient.grpc(vertx, backEndpoint(), Retry.USUAL));
  }

  private Customer customer(String name, KarutaClient front, KarutaClient back) {
    var unseen = new Customer(front, back, name, new HeldCard(List.of()));
    var cards = unseen.look().getCardsList();
    if (cards.isEmpty()) {
      throw new IllegalStateException(name + " has no card yet");
    }
    return new Customer(front, back, name, HeldCard.of(home, cards.getFirst().getSerial()));
  }

  /// What the back office does around a batch.
  BackOffice backOffice() {
    return new BackOffice(backOffice);
  }

  /// As the front end, for calls of one's own.
  public Endpoint frontEndpoint() {
    return Endpoint.of(api, Identity.in(home.pki(), "front-end"));
  }

  /// As the back office, for calls of one's own.
  public Endpoint backEndpoint() {
    return Endpoint.of(api, Identity.in(home.pki(), "back-office"));
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
