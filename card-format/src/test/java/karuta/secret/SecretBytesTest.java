package karuta.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// That the bytes leave no copy in memory is tried in a JVM of its own, beside the search that would find one.
class SecretBytesTest {
  @Test
  void bytesComeOneByOneByArrayAndStraightIntoTheirPlace() {
    try (var bytes = SecretBytes.ofCapacity(6)) {
      bytes.append((byte) 1).append(new byte[] {2, 3});
      bytes.fill(room -> room.put((byte) 4).put((byte) 5));
      assertThat(bytes.toArray()).containsExactly(1, 2, 3, 4, 5);
      assertThat(bytes.length()).isEqualTo(5);
      assertThat(bytes.at(4)).isEqualTo((byte) 5);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedAndChangesNothing() {
    try (var bytes = SecretBytes.copyOf(new byte[] {1, 2})) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> bytes.append((byte) 3));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> bytes.append(new byte[1]));
      assertThat(bytes.toArray()).containsExactly(1, 2);
    }
  }

  @Test
  void whatIsCutOffIsWipedAndThePlaceIsUsedAgain() {
    try (var bytes = SecretBytes.copyOf(new byte[] {1, 2, 3})) {
      bytes.truncate(1);
      assertThat(bytes.toArray()).containsExactly(1);
      bytes.fill(room -> room.position(2));
      assertThat(bytes.toArray()).containsExactly(1, 0, 0);
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> bytes.truncate(4));
    }
  }

  @Test
  void theBufferStandsOutsideTheHeapAndIsOnlyRead() {
    try (var bytes = SecretBytes.copyOf(new byte[] {1})) {
      ByteBuffer buffer = bytes.buffer();
      assertThat(buffer.isDirect()).isTrue();
      assertThat(buffer.isReadOnly()).isTrue();
      assertThat(bytes.segment().isNative()).isTrue();
    }
  }

  @Test
  void closedBytesAreGoneForEveryView() {
    var bytes = SecretBytes.copyOf(new byte[] {1});
    var buffer = bytes.buffer();
    bytes.close();
    bytes.close();
    assertThatIllegalStateException().isThrownBy(bytes::toArray);
    assertThatIllegalStateException().isThrownBy(() -> bytes.at(0));
    assertThatIllegalStateException().isThrownBy(() -> bytes.append((byte) 1));
    assertThatIllegalStateException().isThrownBy(buffer::get);
  }

  @Test
  void noOtherThreadReadsThem() {
    try (var bytes = SecretBytes.copyOf(new byte[] {1})) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> CompletableFuture.supplyAsync(bytes::toArray).join())
          .withCauseInstanceOf(WrongThreadException.class);
    }
  }

  @Test
  void theyAreNotShown() {
    try (var bytes = SecretBytes.copyOf(new byte[] {77})) {
      assertThat(bytes).hasToString("SecretBytes[withheld]");
    }
  }
}
