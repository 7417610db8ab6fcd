package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Everything a custodian's command can change in a [Room]: the files, and the objects on both tokens. Changes are told
/// as lines such as `new file a/b`, `new key issuer-2`, `gone key issuer-2`; of a new directory only its name.
record World(Map<String, String> files, Set<String> objects) {
  private static final Pattern SAID =
      Pattern.compile(
          "(?m)^would (make|destroy) the (key) (\\S+) in|^would (write) (\\S+), "
              + "|^(?:would make the|      in the new) (directory) (\\S+?),?(?: .*)?$");
  private static final Pattern OBJECT =
      Pattern.compile("(?m)^(\\S+): presence should be absent but is on the token$");

  private static final Pattern FINISHED = Pattern.compile("(?m)^epoch (\\S+) is finished$");
  private static final Pattern SAID_FINISHED =
      Pattern.compile(
          "(?m)^would mark the epoch (\\S+) as finished in token karuta-(issuer|verifier) ");

  private static final Pattern REMEMBERED =
      Pattern.compile("(?m)^(guard \\S+) may have written up to number (\\d+)$");
  private static final Pattern SAID_FORGOTTEN =
      Pattern.compile(
          "(?m)^would forget the head of (guard \\S+) in token karuta-(issuer|verifier) .*\\R"
              + " +\\1 may have written up to number (\\d+)$");

  private static final Pattern WITHDRAWN =
      Pattern.compile("(?m)^request number (\\d+) was withdrawn$");
  private static final Pattern SAID_WITHDRAWN =
      Pattern.compile(
          "(?m)^would remember in token karuta-(issuer|verifier) .* that request number (\\d+) was withdrawn$");

  /// Directories of the room that were there when it was furnished.
  private static final Set<String> FURNISHED =
      Set.of("agreement", "batches", "issuer", "letterbox", "pki", "state", "verifier");

  static World of(Room room) throws IOException {
    var files = new HashMap<String, String>();
    try (var entries = Files.walk(room.path())) {
      for (var entry : entries.filter(Files::isRegularFile).toList()) {
        var name = room.path().relativize(entry);
        if (!inToken(name)) {
          files.put(name.toString(), Files.size(entry) + " " + Files.getLastModifiedTime(entry));
        }
      }
    }
    var objects = new TreeSet<String>();
    for (var role : List.of("issuer", "verifier")) {
      var audit = room.run("keys", "audit", "--token", role + "/token.toml", "--expect", "no");
      FINISHED
          .matcher(audit.out())
          .results()
          .forEach(found -> objects.add(role + "'s finished " + found.group(1)));
      REMEMBERED
          .matcher(audit.out())
          .results()
          .forEach(
              found ->
                  objects.add(role + "'s head of " + found.group(1) + " at " + found.group(2)));
      WITHDRAWN
          .matcher(audit.out())
          .results()
          .forEach(found -> objects.add(role + "'s withdrawn request " + found.group(1)));
      OBJECT.matcher(audit.out()).results().forEach(found -> objects.add(found.group(1)));
    }
    return new World(files, objects);
  }

  /// SoftHSM's own files; what is in them is asked for.
  private static boolean inToken(Path name) {
    return name.startsWith("issuer/tokens") || name.startsWith("verifier/tokens");
  }

  Set<String> changesSince(World before) {
    var changes = new TreeSet<String>();
    files.forEach(
        (file, state) -> {
          var was = before.files.get(file);
          if (was == null) {
            changes.add(before.told(file));
          } else if (!was.equals(state)) {
            changes.add("changed file " + file);
          }
        });
    before.files.keySet().stream()
        .filter(file -> !files.containsKey(file))
        .forEach(file -> changes.add("gone file " + file));
    objects.stream()
        .filter(object -> !before.objects.contains(object))
        .forEach(object -> changes.add("new key " + object));
    before.objects.stream()
        .filter(object -> !objects.contains(object))
        .forEach(object -> changes.add("gone key " + object));
    return changes;
  }

  /// A new file by its own name, or by that of the new directory it is in. Of a batch each file is named.
  private String told(String file) {
    var top = Path.of(file).getName(0).toString();
    var known =
        FURNISHED.contains(top)
            || top.equals("dry")
            || files.keySet().stream().anyMatch(old -> old.startsWith(top + "/"));
    return known || top.equals(file) ? "new file " + file : "new directory " + top;
  }

  /// The changes that a dry run has said.
  static Set<String> said(String text) {
    var changes = new TreeSet<String>();
    SAID_FINISHED
        .matcher(text)
        .results()
        .forEach(said -> changes.add("new key " + said.group(2) + "'s finished " + said.group(1)));
    SAID_FORGOTTEN
        .matcher(text)
        .results()
        .forEach(
            said ->
                changes.add(
                    "gone key %s's head of %s at %s"
                        .formatted(said.group(2), said.group(1), said.group(3))));
    SAID_WITHDRAWN
        .matcher(text)
        .results()
        .forEach(
            said ->
                changes.add(
                    "new key %s's withdrawn request %s".formatted(said.group(1), said.group(2))));
    SAID.matcher(text)
        .results()
        .forEach(
            said -> {
              if (said.group(2) != null) {
                changes.add(
                    (said.group(1).equals("make") ? "new key " : "gone key ") + said.group(3));
              } else if (said.group(4) != null) {
                changes.add("new file " + said.group(5));
              } else {
                changes.add("new directory " + said.group(7));
              }
            });
    return changes;
  }
}
