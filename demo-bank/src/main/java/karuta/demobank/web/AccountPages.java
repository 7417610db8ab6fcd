package karuta.demobank.web;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.client.Refused;
import karuta.demobank.api.Karuta;
import karuta.demobank.bank.Bank;
import karuta.demobank.bank.Confirmation;
import karuta.demobank.bank.Customer;
import karuta.v1.Card;
import karuta.v1.CardState;
import karuta.v1.Method;
import karuta.v1.Subject;

/// Login, account and the form of a transfer.
final class AccountPages {
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}");
  private static final int PAYEE_LENGTH = 60;

  private final Karuta karuta;
  private final Bank bank;
  private final ConfirmPages confirm;

  AccountPages(Karuta karuta, Bank bank, ConfirmPages confirm) {
    this.karuta = karuta;
    this.bank = bank;
    this.confirm = confirm;
  }

  /// One line of the statement.
  record Entry(Instant doneAt, String payee, BigDecimal amount, boolean byCard) {
    static Entry of(Confirmation transfer) {
      return new Entry(
          transfer.doneAt().orElseThrow(),
          transfer.payee(),
          transfer.amount(),
          transfer.receipt().isPresent());
    }
  }

  void mount(Site site) {
    site.get("/", this::login)
        .post("/login", this::signIn)
        .post("/logout", this::signOut)
        .get("/language/:language", this::language)
        .getOwn("/home", this::home)
        .getOwn("/transfer", this::form)
        .postOwn("/transfer", this::transfer);
  }

  private void login(PageRequest request) {
    request.page("login", Map.of("customers", bank.customers().all()));
  }

  private void signIn(PageRequest request) {
    var customer = bank.customers().byLogin(request.field("login"));
    if (customer.isEmpty()) {
      request.go("/");
      return;
    }
    open(customer.get());
    request.signIn(customer.get());
    request.go("/home");
  }

  /// Makes sure Karuta knows the customer. A bank does this when an account is opened.
  private void open(Customer customer) {
    Optional<Subject> known;
    try {
      known = Optional.of(karuta.backOffice().subject(customer.subject()));
    } catch (Refused e) {
      if (!e.is("unknown_subject")) {
        throw e;
      }
      known = Optional.empty();
    }
    if (known.isEmpty()) {
      known = Optional.of(karuta.backOffice().register(customer.subject(), customer.method()));
    }
    if (customer.opening() && known.get().getCardsCount() == 0) {
      karuta.frontEnd().order(customer.subject());
    }
  }

  private void signOut(PageRequest request) {
    request.signOut();
    request.go("/");
  }

  private void language(PageRequest request) {
    var language = request.part("language");
    if (Texts.LANGUAGES.contains(language)) {
      request.language(language);
    }
    var to = request.context().queryParams().get("to");
    request.go(to != null && to.matches("/([A-Za-z0-9-]+/?)*") ? to : "/");
  }

  private void home(PageRequest request) {
    var customer = request.customer();
    var subject = karuta.frontEnd().subject(customer.subject());
    var wallet = new Wallet(subject);
    var model = new HashMap<String, Object>();
    model.put("balance", bank.balance(customer));
    model.put("method", subject.getMethod().name());
    model.put("statement", bank.statement(customer).stream().map(Entry::of).toList());
    model.put("onItsWay", wallet.onItsWay().isPresent());
    var state = wallet.inUse().map(card -> card.getState().name()).orElse("");
    model.put("cardState", state);
    model.put(
        "mayPay",
        subject.getMethod() != Method.METHOD_NONE
            && !state.equals(CardState.LOCKED.name())
            && !state.equals(CardState.SUSPENDED.name()));
    model.put("renewalDue", wallet.inUse().filter(Card::getRenewalDue).isPresent());
    request.page("home", model);
  }

  private void form(PageRequest request) {
    request.page("transfer", Map.of("balance", bank.balance(request.customer())));
  }

  private void transfer(PageRequest request) {
    var payee = request.field("payee");
    var amount = request.plain("amount").replaceAll("[, 円¥]", "");
    var error = problem(request.customer(), payee, amount);
    if (error.isPresent()) {
      request.flash(Map.of("error", error.get(), "payee", payee, "amount", amount));
      request.go("/transfer");
      return;
    }
    confirm.begin(request, bank.transfer(request.customer(), payee, new BigDecimal(amount)));
  }

  private Optional<String> problem(Customer customer, String payee, String amount) {
    if (payee.isEmpty() || payee.length() > PAYEE_LENGTH) {
      return Optional.of("transfer.payee.wrong");
    }
    if (!AMOUNT.matcher(amount).matches() || new BigDecimal(amount).signum() == 0) {
      return Optional.of("transfer.amount.wrong");
    }
    return new BigDecimal(amount).compareTo(bank.balance(customer)) > 0
        ? Optional.of("transfer.amount.short")
        : Optional.empty();
  }
}
