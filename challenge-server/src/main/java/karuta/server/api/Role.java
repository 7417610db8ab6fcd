package karuta.server.api;

import java.util.Arrays;
import java.util.Optional;

/// What a client certificate may be used for. A certificate has one role; a program that needs both holds two.
public enum Role {
  /// The internet-banking front end: puts questions, passes answers on.
  FRONT_END("front-end"),
  /// The bank's back office: leads the card's life.
  BACK_OFFICE("back-office");

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /// The spelling of the configuration file.
  public String text() {
    return text;
  }

  /// The role of that spelling.
  public static Optional<Role> of(String text) {
    return Arrays.stream(values()).filter(role -> role.text.equals(text)).findFirst();
  }
}
