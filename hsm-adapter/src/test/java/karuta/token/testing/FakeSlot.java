package karuta.token.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A slot of the fake module and the token in it.
final class FakeSlot {
  private final long base;
  private final List<FakeObject> objects = new ArrayList<>();
  private String label = "";
  private byte[] soPin = {};
  private byte[] userPin = {};
  private boolean initialised;
  private boolean userLoggedIn;
  private boolean officerLoggedIn;

  FakeSlot(long base) {
    this.base = base;
  }

  /// Slots are numbered anew each time the module is initialised.
  long number(int epoch) {
    return base + 100L * epoch;
  }

  String serial() {
    return "fake%04d".formatted(base);
  }

  void initialise(byte[] pin, String name) {
    soPin = pin.clone();
    label = name;
    initialised = true;
    objects.clear();
  }

  void userPin(byte[] pin) {
    userPin = pin.clone();
  }

  boolean isUserPin(byte[] pin) {
    return Arrays.equals(userPin, pin);
  }

  boolean isSoPin(byte[] pin) {
    return Arrays.equals(soPin, pin);
  }

  void logout() {
    userLoggedIn = false;
    officerLoggedIn = false;
  }

  void loginUser() {
    userLoggedIn = true;
  }

  void loginOfficer() {
    officerLoggedIn = true;
  }

  boolean userLoggedIn() {
    return userLoggedIn;
  }

  boolean officerLoggedIn() {
    return officerLoggedIn;
  }

  boolean initialised() {
    return initialised;
  }

  String label() {
    return label;
  }

  List<FakeObject> objects() {
    return objects;
  }
}
