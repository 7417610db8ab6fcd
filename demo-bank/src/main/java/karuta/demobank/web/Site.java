package karuta.demobank.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import karuta.client.Refused;
import karuta.client.Unavailable;
import karuta.demobank.web.PageRequest.Action;

/// The site's router: guards first, then pages; whatever a page throws becomes a page that says what to do next.
///
/// Pages wait for the API's replies in plain sequence, so they run on virtual threads.
final class Site {
  private static final Logger LOG = System.getLogger(Site.class.getName());
  private static final Duration SESSION = Duration.ofMinutes(30);

  /// What shows a page or carries out a change.
  @FunctionalInterface
  interface Page {
    void show(PageRequest request);
  }

  private final Router router;
  private final PageRequest.Common common;

  Site(Vertx vertx, PageRequest.Common common) {
    this.router = Router.router(vertx);
    this.common = common;
    router.route().handler(common.guard()::headers);
    router.get("/assets/:digest/:name").handler(common.assets()::serve);
    router.get("/pictures/:name").handler(common.pictures()::serve);
    router
        .route()
        .handler(
            SessionHandler.create(LocalSessionStore.create(vertx))
                .setSessionCookieName("demo-bank")
                .setCookieSameSite(CookieSameSite.STRICT)
                .setCookieHttpOnlyFlag(true)
                .setSessionTimeout(SESSION.toMillis()));
    router.post().handler(BodyHandler.create(false).setBodyLimit(16_384));
    router.post().handler(common.guard()::forms);
    router.route().failureHandler(this::failed);
  }

  Router router() {
    return router;
  }

  /// A page anyone may see.
  Site get(String path, Page page) {
    router.get(path).handler(context -> page.show(request(context)));
    return this;
  }

  /// A change anyone may make.
  Site post(String path, Page page) {
    router.post(path).handler(context -> page.show(request(context)));
    return this;
  }

  /// A page for who is logged in.
  Site getOwn(String path, Page page) {
    return get(path, signedIn(page));
  }

  /// A change by who is logged in.
  Site postOwn(String path, Page page) {
    return post(path, signedIn(page));
  }

  private static Page signedIn(Page page) {
    return request -> {
      if (request.signedIn().isEmpty()) {
        request.go("/");
      } else {
        page.show(request);
      }
    };
  }

  private PageRequest request(RoutingContext context) {
    return new PageRequest(context, common);
  }

  private void failed(RoutingContext context) {
    if (context.session() == null || context.response().ended()) {
      context.response().setStatusCode(Math.max(400, context.statusCode())).end();
      return;
    }
    var request = request(context);
    var home = List.of(Action.link("action.home", request.signedIn().isPresent() ? "/home" : "/"));
    switch (context.failure()) {
      case Unavailable e -> {
        LOG.log(Level.WARNING, e.getMessage());
        var change = context.request().method().equals(HttpMethod.POST);
        if (change && e.effectUnknown()) {
          request.notice(504, "unheard", List.of(Action.link("action.look", back(context))));
        } else {
          request.notice(503, "unavailable", List.of(Action.link("action.retry", back(context))));
        }
      }
      case Refused e -> {
        LOG.log(Level.WARNING, e.getMessage());
        request.notice(409, "refused", home, e.code());
      }
      case null, default -> {
        if (context.statusCode() == 403) {
          request.notice(403, "stale-form", home);
        } else if (context.statusCode() == 404 || context.failure() instanceof NotFound) {
          request.notice(404, "not-found", home);
        } else {
          LOG.log(Level.ERROR, "a page failed", context.failure());
          request.notice(500, "internal", home);
        }
      }
    }
  }

  /// Where a failed change was made from: the page above it.
  private static String back(RoutingContext context) {
    var path = Objects.requireNonNullElse(context.request().path(), "/");
    if (context.request().method().equals(HttpMethod.GET)) {
      return path;
    }
    return path.startsWith("/confirm/") ? path.substring(0, path.lastIndexOf('/')) : "/home";
  }

  /// There is no such thing, or it is somebody else's.
  static final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFound() {
      super("not found", null, false, false);
    }
  }
}
