package karuta.cryptoki;

/// A mechanism and its parameter.
public sealed interface Mechanism {
  Ckm type();

  /// A mechanism without a parameter.
  record Plain(Ckm type) implements Mechanism {}

  /// `CK_ECDH1_DERIVE_PARAMS` without shared data (PKCS#11 v2.40 current mechanisms, section 2.3.7).
  final class Ecdh1 implements Mechanism {
    private final long kdf;
    private final byte[] peerPoint;

    /// @param kdf a `CKD_` number
    /// @param peerPoint the other's public point, uncompressed and raw, which every token must take
    public Ecdh1(long kdf, byte[] peerPoint) {
      this.kdf = kdf;
      this.peerPoint = peerPoint.clone();
    }

    @Override
    public Ckm type() {
      return Ckm.CKM_ECDH1_DERIVE;
    }

    public long kdf() {
      return kdf;
    }

    public byte[] peerPoint() {
      return peerPoint.clone();
    }
  }
}
