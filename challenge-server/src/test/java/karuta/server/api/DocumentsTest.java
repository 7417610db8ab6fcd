package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import karuta.server.audit.AuditEvent;
import org.junit.jupiter.api.Test;

/// docs/api.md promises a closed list; this keeps the promise.
class DocumentsTest {
  private static final Path API = Path.of("..", "docs", "api.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z_]+)` \\| (\\d{3}) \\| ([A-Z_]+) \\| (yes|no) \\| (.+) \\|");

  @Test
  void theListedErrorsAreTheCodesOfTheServer() throws IOException {
    var listed =
        ROW.matcher(Files.readString(API))
            .results()
            .map(row -> row.group(1) + row.group(2) + row.group(3) + row.group(4) + row.group(5));
    var codes =
        Arrays.stream(Code.values())
            .map(
                code ->
                    code.wire()
                        + code.http()
                        + code.grpc().name()
                        + (code.retryable() ? "yes" : "no")
                        + code.text());
    assertThat(listed).containsExactlyElementsOf(codes.toList());
  }

  @Test
  void theListedEventsAreTheEventsOfTheAudit() throws IOException {
    var text = Files.readString(API);
    var section = text.substring(text.indexOf("## Audit events"));
    var listed = Pattern.compile("`([a-z]+(-[a-z]+)+)`").matcher(section).results();
    assertThat(listed.map(match -> match.group(1)))
        .containsExactlyElementsOf(
            Arrays.stream(AuditEvent.values()).map(AuditEvent::label).toList());
  }

  @Test
  void theTableOfRolesIsTheTableOfTheServer() throws IOException {
    var lines = Files.readAllLines(API);
    for (var rule : Contract.RULES.entrySet()) {
      var row =
          lines.stream()
              .filter(line -> line.startsWith("| `") && line.contains("`" + rule.getKey() + "`"))
              .findFirst();
      var cells = row.orElseThrow(() -> new AssertionError(rule.getKey())).split("\\|", -1);
      var roles = rule.getValue().roles();
      assertThat(cells[2].strip().equals("yes")).isEqualTo(roles.contains(Role.FRONT_END));
      assertThat(cells[3].strip().equals("yes")).isEqualTo(roles.contains(Role.BACK_OFFICE));
    }
  }
}
