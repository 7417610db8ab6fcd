package karuta.provisioning.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import karuta.card.Subject;
import karuta.digest.Sha256;

/// What a first pass over a subject file found: how many cards it asks for, and that nothing is wrong with it.
///
/// A batch reads its file twice: here, before anything is written, and once more while cards are made. Duplicates are
/// found by sorting 64-bit hashes, 16 MB for a million subjects; should two hashes meet, a further pass compares the
/// subjects themselves, so a chance meeting refuses nothing.
///
/// @param file the file
/// @param count how many cards it asks for, 1 or more
/// @param digest SHA-256 of the file, 64 hex digits: the second pass must find the same
public record Subjects(Path file, long count, String digest) {
  /// The most subjects one batch takes.
  public static final int MOST = 1_000_000;

  private static final int MOST_PROBLEMS = 20;

  /// Reads the whole file.
  ///
  /// @throws SubjectsInvalid naming every bad line, up to 20
  public static Subjects check(Path file) throws IOException {
    return check(file, Subjects::hash);
  }

  static Subjects check(Path file, Hash hash) throws IOException {
    var problems = new ArrayList<String>();
    var hashes = new long[MOST + 1];
    var count = 0;
    String digest;
    try (var lines = SubjectFile.open(file)) {
      while (problems.size() < MOST_PROBLEMS && count <= MOST) {
        try {
          var line = lines.next();
          if (line.isEmpty()) {
            break;
          }
          hashes[count++] = hash.of(line.get().subject());
        } catch (SubjectFile.BadLine e) {
          problems.add(e.getMessage());
        }
      }
      digest = lines.digest();
    } catch (SubjectFile.BadLine e) {
      throw new SubjectsInvalid(file, List.of(String.valueOf(e.getMessage())));
    }
    if (problems.isEmpty()) {
      problems.addAll(duplicates(file, Doubled.of(hashes, count), hash));
    }
    if (problems.isEmpty() && (count == 0 || count > MOST)) {
      problems.add(
          "a batch has 1 to %,d subjects, this file has %s"
              .formatted(MOST, count == 0 ? "none" : "more"));
    }
    if (!problems.isEmpty()) {
      throw new SubjectsInvalid(file, problems);
    }
    return new Subjects(file, count, digest);
  }

  private static List<String> duplicates(Path file, Set<Long> suspects, Hash hash)
      throws IOException {
    var problems = new ArrayList<String>();
    if (suspects.isEmpty()) {
      return problems;
    }
    var first = new HashMap<Subject, Long>();
    try (var lines = SubjectFile.open(file)) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        var subject = line.get().subject();
        if (suspects.contains(hash.of(subject))) {
          var before = first.putIfAbsent(subject, lines.line());
          if (before != null && problems.size() < MOST_PROBLEMS) {
            problems.add(
                "line %d: the subject stands in line %d already".formatted(lines.line(), before));
          }
        }
      }
    }
    return problems;
  }

  private static long hash(Subject subject) {
    return ByteBuffer.wrap(Sha256.of(subject.value().getBytes(StandardCharsets.UTF_8))).getLong();
  }

  /// Spreads subjects over the 64-bit numbers.
  interface Hash {
    long of(Subject subject);
  }
}
