package karuta.token;

import karuta.token.testing.Bench;
import karuta.token.testing.FakeBench;

class FakeTokenTest extends TokenContract {
  @Override
  Bench newBench() {
    return new FakeBench();
  }
}
