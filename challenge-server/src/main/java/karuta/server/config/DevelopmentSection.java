package karuta.server.config;

import java.util.Optional;
import karuta.settings.Field;
import karuta.settings.Section;
import karuta.settings.Table;

/// `[development]`: what no bank switches on.
record DevelopmentSection(
    Field<Boolean> reflection, Field<Optional<String>> plaintextClient, ClientSection clients)
    implements Section<ServerConfig.Development> {

  static DevelopmentSection read(Table table, ClientSection clients) {
    return new DevelopmentSection(
        table.flag("reflection", false),
        table.text("plaintext-client", name -> known(name, clients), Optional.empty()),
        clients);
  }

  static boolean asksForPlaintext(Table table) {
    return table.has("plaintext-client");
  }

  private static Optional<String> known(String name, ClientSection clients) {
    if (!clients.names().contains(name)) {
      throw new IllegalArgumentException("must be the name of a [[client]]");
    }
    return Optional.of(name);
  }

  @Override
  public ServerConfig.Development get() {
    var plaintext =
        plaintextClient
            .value()
            .flatMap(
                name ->
                    clients.get().stream().filter(client -> client.name().equals(name)).findAny());
    return new ServerConfig.Development(reflection.value(), plaintext);
  }
}
