package karuta.cryptoki;

/// What `C_GenerateKeyPair` made.
public record KeyPairHandles(long publicKey, long privateKey) {}
