package karuta.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
  @TempDir Path directory;

  private static void put(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Test
  void twoWritersOfOneNameDoNotMix() throws Exception {
    var file = directory.resolve("file");
    assertThatThrownBy(
            () ->
                NewFile.write(
                    file,
                    slow -> {
                      put(slow, "slow");
                      NewFile.write(file, quick -> put(quick, "quick"));
                      put(slow, "slow");
                    }))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("quick");
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void aFailureLeavesNothing() {
    assertThatThrownBy(
            () ->
                NewFile.write(
                    directory.resolve("file"),
                    out -> {
                      put(out, "half");
                      throw new IOException("no space left");
                    }))
        .hasMessage("no space left");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aMissingDirectoryIsNamed() {
    assertThatThrownBy(() -> NewFile.write(directory.resolve("stick/file"), out -> {}))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(directory.resolve("stick").toString());
  }

  /// A memory stick has no hard links; a ZIP file as a file system has none either.
  @Test
  void aStickWithoutHardLinksTakesFilesToo() throws Exception {
    var stick = directory.resolve("stick.zip");
    try (var files = FileSystems.newFileSystem(stick, Map.of("create", "true"))) {
      var file = files.getPath("/2026a.request");
      NewFile.write(file, out -> put(out, "whole"));
      assertThat(Files.readString(file)).isEqualTo("whole");
      assertThatThrownBy(() -> NewFile.write(file, out -> put(out, "again")))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(Files.readString(file)).isEqualTo("whole");
      assertThat(files.getPath("/")).isDirectoryNotContaining(path -> !path.equals(file));
    }
  }
}
