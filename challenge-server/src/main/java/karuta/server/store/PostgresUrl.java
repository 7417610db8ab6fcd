package karuta.server.store;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/// What the URL of a PostgreSQL may say. The password and every row of the bank's cross this line, so beyond the machine itself
/// it has to be TLS, to the host that was meant.
public final class PostgresUrl {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");

  /// All others are refused: they are the store's own to set (`options`, `socketTimeout`), would name another place or
  /// secret (`service`, `password`), or could undo the check of the host's certificate (`sslfactory`).
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
    if (!url.startsWith("jdbc:postgresql://")) {
      throw new IllegalArgumentException("must begin with jdbc:postgresql://");
    }
    for (var name : parameters(url)) {
      if (!PARAMETERS.contains(name)) {
        throw new IllegalArgumentException(
            name.equals("password")
                ? "must not hold the password, put it into password-file"
                : "may have the parameters %s, no others".formatted(String.join(", ", PARAMETERS)));
      }
    }
    var parsed = Driver.parseURL(url, new Properties());
    if (parsed == null) {
      throw new IllegalArgumentException("must be jdbc:postgresql://host:port/database");
    }
    var hosts = parsed.getProperty("PGHOST", "");
    if (!Arrays.stream(hosts.split(",", -1)).allMatch(host -> LOOPBACK.matcher(host).matches())
        && !"verify-full".equals(parsed.getProperty("sslmode"))) {
      throw new IllegalArgumentException(
          "must have sslmode=verify-full, unless it is on localhost");
    }
    return url;
  }

  private static Set<String> parameters(String url) {
    var names = new TreeSet<String>();
    var question = url.indexOf('?');
    if (question >= 0) {
      for (var parameter : url.substring(question + 1).split("&", -1)) {
        names.add(parameter.replaceFirst("=.*", ""));
      }
    }
    return names;
  }
}
