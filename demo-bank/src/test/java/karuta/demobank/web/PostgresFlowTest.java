package karuta.demobank.web;

import karuta.demobank.Stack;
import karuta.demobank.real.RealStack;
import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.api.Test;

/// The whole way on SoftHSM and PostgreSQL. Its screens are those of [WholeFlowTest], so they are not looked at again.
class PostgresFlowTest extends WholeFlow {
  @Override
  Stack stack() {
    return RealStack.onPostgresql();
  }

  @Test
  void theWholeWayCanBeWalked() {
    walk(visitor(Device.DESKTOP, "ja").inAHurry());
  }
}
