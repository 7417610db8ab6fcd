package karuta.guard.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import karuta.secret.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FrameChannelTest {
  private static final Deadline FAR = in(Duration.ofMinutes(4));

  @TempDir private Path dir;
  private SocketChannel peer;
  private FrameChannel channel;

  @BeforeEach
  void connect() throws IOException {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      var address = UnixDomainSocketAddress.of(dir.resolve("s"));
      server.bind(address);
      peer = SocketChannel.open(address);
      channel = new FrameChannel(server.accept());
    }
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
    peer.close();
  }

  private static Deadline in(Duration time) {
    return Deadline.after(time, System::nanoTime);
  }

  private static Deadline soon() {
    return in(Duration.ofMillis(20));
  }

  private static byte[] frame(int messageLength, int answerLength, byte... rest) {
    return ByteBuffer.allocate(6 + rest.length)
        .putInt(messageLength)
        .putShort((short) answerLength)
        .put(rest)
        .array();
  }

  private void send(byte[] bytes) throws IOException {
    peer.write(ByteBuffer.wrap(bytes));
  }

  private static FutureTask<Void> start(Callable<Void> work) {
    var task = new FutureTask<>(work);
    Thread.ofPlatform().daemon(true).start(task);
    return task;
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    try (var other = new FrameChannel(peer);
        var answer = SecretBytes.copyOf(new byte[] {1, 2, 3, 4})) {
      other.write("one".getBytes(UTF_8), answer, FAR);
      other.write(new byte[Frame.MESSAGE_BYTES], SecretBytes.ofCapacity(0), FAR);
      assertThat(channel.awaitFrame()).isTrue();
      try (var read = requireNonNull(channel.read(FAR))) {
        assertThat(read.message()).asString().isEqualTo("one");
        assertThat(read.answer().toArray()).containsExactly(1, 2, 3, 4);
      }
      try (var read = requireNonNull(channel.read(FAR))) {
        assertThat(read.message()).hasSize(Frame.MESSAGE_BYTES);
        assertThat(read.answer().length()).isZero();
      }
    }
  }

  @Test
  void aFrameMayComeInPieces() throws Exception {
    var sending =
        start(
            () -> {
              for (var one : frame(2, 2, (byte) 'a', (byte) 'b', (byte) 7, (byte) 8)) {
                send(new byte[] {one});
              }
              return null;
            });
    try (var read = requireNonNull(channel.read(FAR))) {
      assertThat(read.message()).asString().isEqualTo("ab");
      assertThat(read.answer().toArray()).containsExactly(7, 8);
    }
    sending.get();
  }

  @Test
  void theAnswerIsWipedWithItsFrame() throws IOException {
    send(frame(0, 2, (byte) 1, (byte) 2));
    var read = requireNonNull(channel.read(FAR));
    read.close();
    assertThatThrownBy(() -> read.answer().at(0)).isInstanceOf(IllegalStateException.class);
  }

  /// An array of 2,147,483,647 bytes is more than a JVM makes.
  @ParameterizedTest
  @CsvSource({"2147483647,0", "-1,0", "16385,0", "0,258", "0,65535", "0,3"})
  void lengthsThatAreNoneAreRefusedBeforeMemoryIsTaken(int message, int answer) throws IOException {
    send(frame(message, answer));
    peer.close();
    assertThatThrownBy(() -> channel.read(FAR)).isInstanceOf(BadFrame.class);
  }

  @Test
  void longerThanAFrameIsNotWritten() {
    try (var none = SecretBytes.ofCapacity(0);
        var long258 = SecretBytes.copyOf(new byte[258])) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.write(new byte[Frame.MESSAGE_BYTES + 1], none, FAR));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.write(new byte[0], long258, FAR));
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "6", "8", "9"})
  void aFrameThatStaysHalfEndsByTheDeadline(int bytes) throws IOException {
    send(java.util.Arrays.copyOf(frame(2, 2, new byte[4]), bytes));
    assertThatThrownBy(() -> channel.read(soon())).isInstanceOf(SocketTimeoutException.class);
  }

  @ParameterizedTest
  @CsvSource({"1", "6", "8", "9"})
  void aPeerThatGoesInTheMiddleIsNoEndOfFrames(int bytes) throws IOException {
    send(java.util.Arrays.copyOf(frame(2, 2, new byte[4]), bytes));
    peer.close();
    assertThatThrownBy(() -> channel.read(FAR)).isInstanceOf(EOFException.class);
  }

  @Test
  void aPeerThatGoesBetweenFramesEndsThem() throws IOException {
    peer.close();
    assertThat(channel.awaitFrame()).isTrue();
    assertThat(channel.read(FAR)).isNull();
  }

  @Test
  void aPeerThatDoesNotReadEndsTheWriteByTheDeadline() {
    try (var none = SecretBytes.ofCapacity(0)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  channel.write(new byte[Frame.MESSAGE_BYTES], none, soon());
                }
              })
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void theWaitForAFrameEndsWhenItIsStopped() throws Exception {
    var waiting = new FutureTask<>(channel::awaitFrame);
    Thread.ofPlatform().daemon(true).start(waiting);
    channel.stop();
    assertThat(waiting.get()).isFalse();
    send(frame(0, 0));
    assertThat(channel.awaitFrame()).as("though one has come").isFalse();
  }

  @Test
  void aFrameThatHasBegunIsReadThoughItIsStopped() throws Exception {
    send(frame(1, 0));
    assertThat(channel.awaitFrame()).isTrue();
    channel.stop();
    send(new byte[] {'a'});
    try (var read = requireNonNull(channel.read(FAR))) {
      assertThat(read.message()).asString().isEqualTo("a");
    }
  }

  @Test
  void closingEndsAWait() {
    var reading =
        start(
            () -> {
              channel.read(FAR);
              return null;
            });
    channel.close();
    assertThatThrownBy(reading::get).hasCauseInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(channel::awaitFrame).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void anInterruptedThreadDoesNotWait() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> channel.read(FAR))
        .isInstanceOf(InterruptedIOException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
