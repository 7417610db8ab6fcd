package karuta.provisioning.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.agreement.Kdf;
import karuta.command.CommandFailed;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Settings;
import karuta.settings.Table;
import karuta.token.ModuleLocation;
import karuta.token.TokenName;
import karuta.token.TokenRole;
import karuta.token.key.TokenKdf;

/// What `--token` names: which module, which token on it, and where its PIN is.
///
/// ```toml
/// [token]
/// module = "/usr/lib/softhsm/libsofthsm2.so"
/// label = "karuta-issuer"
/// serial = "0123456789abcdef"
/// role = "issuer"        # or "verifier": what the token is for
/// pin-file = "pin"       # beside this file, mode 0600; without it the PIN is asked for
/// init-args = "..."      # only for modules that want it
///
/// [[token.kdf]]          # only where the vendor has a number of its own for a key derivation function
/// name = "CKD_CLOUDHSM_X963_SHA256_KDF"
/// number = "0x80000003"  # as the vendor's header has it
/// computes = "CKD_SHA256_KDF"   # or "CKD_SHA256_KDF_SP800"
///
/// [custodians]           # who has to approve what is destroyed; without them nothing is
/// required = 2           # 2 if not given
/// # development = true   # instead of them: one person is enough; on SoftHSM tokens only
///
/// [[custodian]]
/// certificate = "custodian-1.pem"
/// ```
///
/// @param module the PKCS#11 library
/// @param name the token's label and serial; never a slot number
/// @param role what the token is for; its keys may contradict
/// @param pinFile empty to ask
/// @param kdfs the vendor's own numbers for key derivation functions
/// @param custodians who has to approve what is destroyed
record TokenFile(
    ModuleLocation module,
    TokenName name,
    TokenRole role,
    Optional<Path> pinFile,
    List<TokenKdf> kdfs,
    Custodians custodians) {
  TokenFile {
    kdfs = List.copyOf(kdfs);
  }

  static TokenFile read(Path file) {
    var settings = Settings.read(file);
    var token = settings.root().table("token");
    var module = token.path("module");
    var label = token.text("label");
    var serial = token.text("serial");
    var role = token.optionalText("role");
    var pinFile = token.optionalPath("pin-file");
    var initArgs = token.optionalText("init-args");
    var kdfs = token.tables("kdf").stream().map(TokenFile::kdf).toList();
    var custodians = Custodians.read(settings.root(), new NamedFiles(file));
    settings.check();
    return new TokenFile(
        new ModuleLocation(module.value(), initArgs.value()),
        new TokenName(label.value(), serial.value()),
        role(file, role.value()),
        pinFile.value(),
        kdfs.stream().map(Section::get).toList(),
        custodians.get());
  }

  private static Section<TokenKdf> kdf(Table table) {
    var computes = table.text("computes", Kdf::named);
    var number = table.text("number", TokenKdf::number);
    var name =
        table.text(
            "name",
            text -> {
              computes
                  .known()
                  .ifPresent(c -> number.known().ifPresent(n -> new TokenKdf(c, text, n)));
              return text;
            });
    return () -> new TokenKdf(computes.value(), name.value(), number.value());
  }

  private static TokenRole role(Path file, Optional<String> role) {
    return switch (role.orElse("")) {
      case "issuer" -> TokenRole.ISSUER;
      case "verifier" -> TokenRole.VERIFIER;
      default ->
          throw CommandFailed.usage(
              file
                  + ": say under [token] what the token is for: role = \"issuer\" or role ="
                  + " \"verifier\"");
    };
  }
}
