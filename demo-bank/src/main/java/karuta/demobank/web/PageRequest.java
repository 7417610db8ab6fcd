package karuta.demobank.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import karuta.demobank.bank.Customer;
import karuta.demobank.bank.Customers;

/// One request for a page: who visits, in which language, and the two ways to answer, a page or a redirect.
final class PageRequest {
  private static final String CUSTOMER = "customer";
  private static final String LANGUAGE = "language";
  private static final String FLASH = "flash";

  /// What every page needs, made once.
  record Common(Customers customers, View view, Guard guard, Assets assets, Pictures pictures) {}

  private final RoutingContext context;
  private final Session session;
  private final Common common;

  PageRequest(RoutingContext context, Common common) {
    this.context = context;
    this.session = Objects.requireNonNull(context.session());
    this.common = common;
  }

  RoutingContext context() {
    return context;
  }

  Session session() {
    return session;
  }

  private String path() {
    return Objects.requireNonNullElse(context.request().path(), "/");
  }

  /// `ja` or `en`: what the visitor chose, else what the browser prefers.
  String language() {
    String chosen = session.get(LANGUAGE);
    if (chosen != null) {
      return chosen;
    }
    for (var header : context.parsedHeaders().acceptLanguage()) {
      if (Texts.LANGUAGES.contains(header.tag())) {
        return header.tag();
      }
    }
    return Texts.LANGUAGES.getFirst();
  }

  void language(String language) {
    session.put(LANGUAGE, language);
  }

  /// Who is logged in.
  Optional<Customer> signedIn() {
    return Optional.ofNullable(session.<String>get(CUSTOMER)).flatMap(common.customers()::byLogin);
  }

  /// Who is logged in, on a page that nobody else sees.
  Customer customer() {
    return signedIn().orElseThrow();
  }

  /// Logs in or, with null, out. The session gets a new name, so that one planted before is worth nothing.
  void signIn(Customer customer) {
    session.put(CUSTOMER, customer.login());
    session.regenerateId();
  }

  void signOut() {
    session.destroy();
  }

  /// A part of the address.
  String part(String name) {
    return Objects.requireNonNull(context.pathParam(name));
  }

  /// A field of the form, trimmed; empty if absent.
  String field(String name) {
    var value = context.request().getFormAttribute(name);
    return value == null ? "" : value.strip();
  }

  /// A field of the form as NFKC writes it (Unicode Standard Annex 15): digits typed in full width are digits.
  String plain(String name) {
    return Normalizer.normalize(field(name), Normalizer.Form.NFKC).strip();
  }

  /// Something for the next page alone.
  void flash(Map<String, String> values) {
    session.put(FLASH, Map.copyOf(values));
  }

  /// Answers a change: go and look there.
  void go(String path) {
    context.response().setStatusCode(303).putHeader("Location", path).end();
  }

  void page(String template, Map<String, ?> model) {
    page(200, template, model);
  }

  /// A page that says what is the matter and where to go from here.
  ///
  /// @param key of the texts `notice.<key>.title` and `notice.<key>.text`
  /// @param actions links or buttons
  void notice(int status, String key, List<Action> actions) {
    notice(status, key, actions, "");
  }

  void notice(int status, String key, List<Action> actions, Object detail) {
    page(status, "notice", notice(key, actions, detail));
  }

  /// A page that says whom to call, and when.
  ///
  /// @param call the desk that helps: `desk`, or `lost` for cards that may be in other hands
  /// @param last where the customer can do what cannot be undone, apart from all else; empty if nothing is offered
  void call(String key, List<Action> actions, String call, String last) {
    var model = notice(key, actions, "");
    model.put("call", call);
    model.put("last", last);
    page("notice", model);
  }

  private static Map<String, Object> notice(String key, List<Action> actions, Object detail) {
    return new HashMap<>(
        Map.of("key", key, "actions", actions, "detail", detail, "call", "", "last", ""));
  }

  /// A way on from a notice: a link, or a form that posts.
  ///
  /// @param key of the text on it
  record Action(String key, String path, boolean post) {
    static Action link(String key, String path) {
      return new Action(key, path, false);
    }

    static Action post(String key, String path) {
      return new Action(key, path, true);
    }
  }

  void page(int status, String template, Map<String, ?> model) {
    var all = new HashMap<String, Object>(model);
    all.put("lang", language());
    all.put("other", language().equals("ja") ? "en" : "ja");
    all.put("here", context.request().method().equals(HttpMethod.GET) ? path() : "/home");
    all.put("csrf", common.guard().token(session));
    all.put("assets", common.assets());
    all.put("pictures", common.pictures());
    all.put("template", template);
    all.put("signedIn", signedIn().isPresent());
    signedIn().ifPresent(customer -> all.put("customer", customer));
    Map<String, String> flash = session.remove(FLASH);
    all.put("flash", flash == null ? Map.of() : flash);
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Content-Language", language())
        .end(common.view().render(template, all));
  }
}
