package karuta.token;

import karuta.cryptoki.Ckr;
import karuta.token.testing.Bench;
import karuta.token.testing.SoftHsmServer;

class SoftHsmServerTokenTest extends TokenContract {
  @Override
  Bench newBench() {
    return SoftHsmServer.start();
  }

  @Override
  Ckr refusalToWrap() {
    return Ckr.CKR_MECHANISM_INVALID;
  }
}
