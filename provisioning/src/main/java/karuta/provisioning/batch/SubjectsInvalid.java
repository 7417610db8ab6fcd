package karuta.provisioning.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A subject file that cannot be used. One problem a line; nothing was written.
public final class SubjectsInvalid extends IOException {
  private static final long serialVersionUID = 1;

  SubjectsInvalid(Path file, List<String> problems) {
    super(String.join("\n", problems.stream().map(problem -> file + ": " + problem).toList()));
  }
}
