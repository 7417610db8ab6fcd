package karuta.softhsm;

import java.nio.file.Path;

/// The text of `softhsm2.conf`: the keys that SoftHSM 2.6.1 knows, and no others (later ones are errors there).
final class SoftHsmConf {
  private SoftHsmConf() {}

  static String text(Path tokens) {
    var directory = tokens.toAbsolutePath().toString();
    if (directory.lines().count() != 1 || directory.contains("#")) {
      throw new SetupRefused(
          "SoftHSM cannot read a directory name with a line break or a # in it: " + directory);
    }
    return """
        # %s
        # Read by SoftHSM from the file named in the environment variable SOFTHSM2_CONF, once per process.
        directories.tokendir = %s
        objectstore.backend = file
        log.level = ERROR
        slots.removable = false
        slots.mechanisms = %s
        """
        .formatted(
            DevelopmentToken.NOTICE, directory, String.join(",", DevelopmentPolicy.mechanisms()));
  }
}
