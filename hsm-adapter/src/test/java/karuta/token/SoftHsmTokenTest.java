package karuta.token;

import karuta.token.testing.Bench;
import karuta.token.testing.SoftHsm;

class SoftHsmTokenTest extends TokenContract {
  @Override
  Bench newBench() {
    return SoftHsm.start();
  }
}
