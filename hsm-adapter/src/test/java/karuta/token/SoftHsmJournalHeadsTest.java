package karuta.token;

import karuta.token.testing.Bench;
import karuta.token.testing.SoftHsm;

class SoftHsmJournalHeadsTest extends JournalHeadsContract {
  @Override
  Bench newBench() {
    return SoftHsm.start();
  }
}
