package karuta.provisioning.cli;

import java.nio.file.Path;
import java.util.Optional;
import karuta.command.CommandFailed;
import karuta.settings.Settings;
import karuta.token.ModuleLocation;
import karuta.token.TokenName;
import karuta.token.TokenRole;

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
/// ```
///
/// @param module the PKCS#11 library
/// @param name the token's label and serial; never a slot number
/// @param role what the token is for; its keys may contradict
/// @param pinFile empty to ask
record TokenFile(ModuleLocation module, TokenName name, TokenRole role, Optional<Path> pinFile) {
  static TokenFile read(Path file) {
    var settings = Settings.read(file);
    var token = settings.root().table("token");
    var module = token.path("module");
    var label = token.text("label");
    var serial = token.text("serial");
    var role = token.optionalText("role");
    var pinFile = token.optionalPath("pin-file");
    var initArgs = token.optionalText("init-args");
    settings.check();
    return new TokenFile(
        new ModuleLocation(module.value(), initArgs.value()),
        new TokenName(label.value(), serial.value()),
        role(file, role.value()),
        pinFile.value());
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
