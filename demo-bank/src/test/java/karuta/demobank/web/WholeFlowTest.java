package karuta.demobank.web;

import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole way on SoftHSM and SQLite, in both languages, on a phone and on a desktop.
class WholeFlowTest extends WholeFlow {
  @ParameterizedTest
  @CsvSource({"DESKTOP,ja", "PHONE,ja", "DESKTOP,en", "PHONE,en"})
  void theWholeWayCanBeWalked(Device device, String language) {
    walk(visitor(device, language));
  }
}
