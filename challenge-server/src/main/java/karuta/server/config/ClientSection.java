package karuta.server.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import karuta.server.api.Client;
import karuta.server.api.Role;
import karuta.settings.Section;
import karuta.settings.Table;

/// `[[client]]`: who may call, and as what.
///
/// @param names the names read so far, for sections that refer to a client
record ClientSection(Set<String> names, List<Section<Client>> clients)
    implements Section<List<Client>> {

  private static final String NO_KEY =
      "missing; name the SHA-256 of the public key in the client's certificate, or set"
          + " server.dedicated-client-ca if its CA issues certificates for the clients of this server and for nobody else";
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  /// @param namesMaySuffice whether a client's name needs no key beside it: its CA issues certificates for clients of
  ///     this server alone, or there are no certificates
  static ClientSection read(Table root, boolean namesMaySuffice) {
    var names = new HashSet<String>();
    var clients = new ArrayList<Section<Client>>();
    for (var table : root.tables("client")) {
      var name = table.text("name", value -> unique(value, names));
      var role = table.text("role", ClientSection::role);
      var share = table.number("max-in-flight", 1, 100_000, 64);
      var connections = table.number("max-connections", 1, 100_000, 64);
      var keys = table.strings("key-sha256", ClientSection::key);
      if (!namesMaySuffice && keys.is(List.of())) {
        table.problem("key-sha256", NO_KEY);
      }
      clients.add(
          () ->
              new Client(
                  name.value(),
                  role.value(),
                  share.value(),
                  connections.value(),
                  Set.copyOf(keys.value())));
    }
    if (clients.isEmpty()) {
      root.problem("client", "missing; at least one [[client]] must be there, or nobody can call");
    }
    return new ClientSection(names, clients);
  }

  private static String unique(String name, Set<String> names) {
    if (name.length() > 64 || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("must be a certificate's common name, 1 to 64 characters");
    }
    if (name.equals("karuta")) {
      throw new IllegalArgumentException("is what the audit calls the server itself, take another");
    }
    if (!names.add(name)) {
      throw new IllegalArgumentException("names a client twice");
    }
    return name;
  }

  private static String key(String digits) {
    if (!KEY.matcher(digits).matches()) {
      throw new IllegalArgumentException("must be 64 lower-case hexadecimal digits");
    }
    return digits;
  }

  private static Role role(String text) {
    return Role.of(text)
        .orElseThrow(() -> new IllegalArgumentException("must be front-end or back-office"));
  }

  @Override
  public List<Client> get() {
    return clients.stream().map(Section::get).toList();
  }
}
