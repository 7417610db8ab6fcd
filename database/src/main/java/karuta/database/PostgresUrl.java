package karuta.database;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// Checks the URL of a PostgreSQL database. The password and all of the bank's rows cross this connection, so to any
/// other host it must use TLS and verify that host's name.
public final class PostgresUrl {
  private static final String HOST = "(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+])(?::[0-9]{1,5})?";

  /// Narrow, so that the driver cannot read it in another way: hosts, database, parameters.
  private static final Pattern SHAPE =
      Pattern.compile(
          "jdbc:postgresql://(%s(?:,%s)*)/[A-Za-z0-9_.-]+(?:\\?([^?#]+))?".formatted(HOST, HOST));

  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  /// All others are refused: they are this program's own to set (`options`, `socketTimeout`), would name another place
  /// or secret (`service`, `password`), or could undo the check of the host's certificate (`sslfactory`).
  private static final List<String> PARAMETERS =
      List.of(
          "ApplicationName",
          "channelBinding",
          "currentSchema",
          "gssEncMode",
          "hostRecheckSeconds",
          "loadBalanceHosts",
          "prepareThreshold",
          "sslcert",
          "sslkey",
          "sslmode",
          "sslnegotiation",
          "sslrootcert",
          "targetServerType");

  private PostgresUrl() {}

  /// Checks a URL.
  ///
  /// @return the URL
  /// @throws IllegalArgumentException saying what is accepted, without a value of the URL's
  public static String checked(String url) {
    var shape = SHAPE.matcher(url);
    if (!shape.matches()) {
      throw new IllegalArgumentException("must be jdbc:postgresql://host:port/database?parameters");
    }
    var parameters = parameters(Objects.requireNonNullElse(shape.group(2), ""));
    var here = Arrays.stream(shape.group(1).split(",", -1)).allMatch(LOOPBACK.asMatchPredicate());
    if (!here && !"verify-full".equals(parameters.get("sslmode"))) {
      throw new IllegalArgumentException(
          "must have sslmode=verify-full, unless it is on localhost");
    }
    return url;
  }

  private static Map<String, String> parameters(String query) {
    var parameters = new HashMap<String, String>();
    for (var parameter : query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
      var parts = parameter.split("=", 2);
      if (parts[0].equals("password")) {
        throw new IllegalArgumentException("must not hold the password, put it into password-file");
      }
      if (!PARAMETERS.contains(parts[0])) {
        throw new IllegalArgumentException(
            "may have the parameters %s, no others".formatted(String.join(", ", PARAMETERS)));
      }
      if (parameters.put(parts[0], parts.length > 1 ? parts[1] : "") != null) {
        throw new IllegalArgumentException("has a parameter twice");
      }
    }
    return parameters;
  }
}
