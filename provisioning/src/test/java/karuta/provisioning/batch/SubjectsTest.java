package karuta.provisioning.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.card.Generation;
import karuta.card.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "subject,generation\nS-1,1\nS-2,3\n",
        "subject,generation\r\nS-1,1\r\nS-2,3",
        "{\"subject\":\"S-1\",\"generation\":1}\n{ \"generation\": 3, \"subject\": \"S-2\" }\n"
      })
  void bothFormatsAreRead(String text) throws Exception {
    var file = file(text);
    assertThat(Subjects.check(file).count()).isEqualTo(2);
    try (var lines = SubjectFile.open(file)) {
      assertThat(lines.next()).contains(new SubjectLine(new Subject("S-1"), new Generation(1)));
      assertThat(lines.next()).contains(new SubjectLine(new Subject("S-2"), new Generation(3)));
      assertThat(lines.next()).isEmpty();
      assertThat(lines.digest()).isEqualTo(Subjects.check(file).digest());
    }
  }

  @Test
  void everyBadLineIsNamed() throws Exception {
    var file =
        file(
            """
            subject,generation
            S-1,1
            S 2,1
            S-3
            S-4,0
            S-5,65536
            S-6,1,x

            S-7,1
            """);
    assertThatThrownBy(() -> Subjects.check(file))
        .isInstanceOf(SubjectsInvalid.class)
        .hasMessage(
            """
            F: line 3: a subject is 1 to 64 of letters, digits and . _ : @ - and starts with a letter or digit
            F: line 4: expected a subject, a comma and a generation
            F: line 5: a generation is a number 1..65535
            F: line 6: a generation is 1..65535, not 65536
            F: line 7: a generation is a number 1..65535
            F: line 8: expected a subject, a comma and a generation"""
                .replace("F:", file + ":"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "S-1,1\n", "[]\n", "Subject,Generation\nS-1,1\n"})
  void theFirstLineSaysWhatItIs(String text) throws Exception {
    var file = file(text);
    assertThatThrownBy(() -> Subjects.check(file))
        .hasMessageEndingWith(
            "line 1: the first line must be 'subject,generation', or each line a JSON object");
  }

  @Test
  void aFileWithoutSubjectsMakesNoBatch() throws Exception {
    var file = file("subject,generation\n");
    assertThatThrownBy(() -> Subjects.check(file))
        .hasMessageEndingWith("a batch has 1 to 1,000,000 subjects, this file has none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"subject\":\"S-1\"}\n",
        "{\"subject\":\"S-1\",\"generation\":1,\"name\":\"x\"}\n",
        "{\"subject\":\"S-1\",\"subject\":\"S-2\",\"generation\":1}\n",
        "{\"subject\":\"S-1\",\"generation\":1}}\n",
        "{\"subject\":\"S-1\",\"generation\":1}\nS-2,1\n",
      })
  void jsonLinesAreStrict(String text) throws Exception {
    var file = file(text);
    assertThatThrownBy(() -> Subjects.check(file)).isInstanceOf(SubjectsInvalid.class);
  }

  @Test
  void aSubjectComesOnce() throws Exception {
    var file = file("subject,generation\nS-1,1\nS-2,1\nS-1,2\nS-2,1\n");
    assertThatThrownBy(() -> Subjects.check(file))
        .hasMessageContaining("line 4: the subject stands in line 2 already")
        .hasMessageContaining("line 5: the subject stands in line 3 already");
  }

  @Test
  void subjectsWhoseHashesMeetAreNoDuplicates() throws Exception {
    var file = file("subject,generation\nS-1,1\nS-2,1\n");
    assertThat(Subjects.check(file, subject -> 7).count()).isEqualTo(2);
    var twice = file("subject,generation\nS-1,1\nS-2,1\nS-1,1\n");
    assertThatThrownBy(() -> Subjects.check(twice, subject -> 7))
        .hasMessageEndingWith("line 4: the subject stands in line 2 already");
  }

  @Test
  void aLineWithoutEndIsRefused() throws Exception {
    var file = file("subject,generation\n" + "x".repeat(100_000));
    assertThatThrownBy(() -> Subjects.check(file))
        .hasMessageEndingWith("line 2: longer than 512 bytes");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "subjects", ""), text);
  }
}
