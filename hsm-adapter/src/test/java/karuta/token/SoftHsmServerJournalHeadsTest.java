package karuta.token;

import karuta.token.testing.Bench;
import karuta.token.testing.SoftHsmServer;

class SoftHsmServerJournalHeadsTest extends JournalHeadsContract {
  @Override
  Bench newBench() {
    return SoftHsmServer.start();
  }
}
