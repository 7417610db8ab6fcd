package karuta.token;

import karuta.token.testing.Bench;
import karuta.token.testing.SoftHsm;

class SoftHsmAgreementTest extends AgreementContract {
  @Override
  Bench newBench() {
    return SoftHsm.start();
  }
}
