package karuta.cryptoki;

/// `CK_INFO` (PKCS#11 v2.40, section 3.1).
public record ModuleInfo(
    String cryptokiVersion, String manufacturer, String description, String libraryVersion) {}
