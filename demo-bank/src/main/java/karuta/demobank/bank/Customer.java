package karuta.demobank.bank;

import karuta.v1.Method;

/// An invented customer, as the bank's own books have it. Karuta is told the pseudonymous reference and nothing else.
///
/// @param subject the reference Karuta knows the customer by
/// @param login what the customer types to log in
/// @param postalCode seven digits
/// @param method how the customer confirmed transfers when the demo began
/// @param password the demo's fixed numeric password, six digits; it is shown on the page and guards nothing
/// @param opening whether the account was just opened, so that the card is ordered with it
public record Customer(
    String subject,
    String login,
    Words name,
    Words address,
    String postalCode,
    Method method,
    String password,
    boolean opening) {
  /// The same in Japanese and English.
  public record Words(String ja, String en) {
    /// In `language`, `ja` or `en`.
    public String in(String language) {
      return language.equals("ja") ? ja : en;
    }
  }
}
