package karuta.token;

import karuta.token.testing.Bench;
import karuta.token.testing.FakeBench;

class FakeAgreementTest extends AgreementContract {
  @Override
  Bench newBench() {
    return new FakeBench();
  }
}
