package karuta.guard.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import karuta.card.PictureId;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Question;
import karuta.guard.client.Reply;
import karuta.guard.client.SocketGuard;
import karuta.guard.frame.Deadline;
import karuta.guard.frame.FrameChannel;
import karuta.guard.v1.Call;
import karuta.guard.v1.Draw;
import karuta.guard.v1.Fault;
import karuta.guard.v1.Judge;
import karuta.guard.v1.Look;
import karuta.log.LimitedLog;
import karuta.secret.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Both ends of the way, over real sockets.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuardSocketTest {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final byte[] LOOK =
      Call.newBuilder().setLook(Look.getDefaultInstance()).build().toByteArray();

  @TempDir private Path dir;
  private final FakeGuard fake = new FakeGuard();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Set<String> peers = Set.of();
  private PeerUser peerUser = PeerUser.OF_THE_KERNEL;

  @AfterEach
  void close() throws Exception {
    for (var one : open.reversed()) {
      one.close();
    }
  }

  private GuardSocket listen(int connections, Duration transfer, Duration drain) {
    var socket =
        GuardSocket.listen(
            new GuardSocket.Settings(dir.resolve("s"), peers, connections, transfer, drain),
            fake,
            peerUser,
            new LimitedLog(log::add, () -> 0));
    open.add(socket);
    return socket;
  }

  private GuardSocket listen(int connections) {
    return listen(connections, LONG, LONG);
  }

  private SocketGuard caller(int connections) {
    var caller =
        new SocketGuard(
            new SocketGuard.Settings(dir.resolve("s"), connections, LONG), System::nanoTime);
    open.add(caller);
    return caller;
  }

  private SocketChannel raw() throws IOException {
    var channel = SocketChannel.open(UnixDomainSocketAddress.of(dir.resolve("s")));
    open.add(channel);
    return channel;
  }

  private static Deadline far() {
    return Deadline.after(LONG, System::nanoTime);
  }

  private static Fault fault(FrameChannel channel) throws IOException {
    try (var frame = requireNonNull(channel.read(far()))) {
      return karuta.guard.v1.Reply.parseFrom(frame.message()).getFault();
    }
  }

  private static <T> FutureTask<T> start(Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.ofPlatform().daemon(true).start(task);
    return task;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyVerbGoesThereAndItsReplyComesBack() {
    var pictures = new ArrayList<List<PictureId>>();
    fake.judging =
        question -> {
          question.asked().forEach(asked -> pictures.add(List.copyOf(asked.pictures())));
          return FakeGuard.RIGHT;
        };
    listen(4);
    var caller = caller(1);
    var sent = FakeGuard.question();
    assertThat(caller.judge(sent)).isEqualTo(FakeGuard.RIGHT);
    assertThat(pictures).isEqualTo(sent.asked().stream().map(Question.Asked::pictures).toList());
    assertThat(caller.recall(FakeGuard.recalled())).isEqualTo(FakeGuard.CLOSED);
    assertThat(caller.seal(FakeGuard.fields())).isEqualTo("a.seal.b");
    assertThat(caller.look(FakeGuard.HEADS)).isEqualTo(FakeGuard.STANDING);
    fake.judging = _ -> FakeGuard.SPENT;
    assertThat(caller.judge(sent)).isEqualTo(FakeGuard.SPENT);
    assertThat(fake.asked.subList(1, 4))
        .containsExactly(FakeGuard.recalled(), FakeGuard.fields(), FakeGuard.HEADS);
    assertThat(log).isEmpty();
  }

  @Test
  void theAnswerIsWipedWhenItsCallHasBeenMade() {
    listen(4);
    caller(1).judge(FakeGuard.question());
    var asked = ((Question) fake.asked.getFirst()).asked();
    assertThatThrownBy(() -> asked.getFirst().pictures().getFirst())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the bytes are wiped");
  }

  @Test
  void twoCallsAreMadeAtOnce() throws Exception {
    var both = new CountDownLatch(2);
    fake.judging =
        _ -> {
          both.countDown();
          await(both);
          return FakeGuard.RIGHT;
        };
    listen(4);
    var caller = caller(2);
    var one = start(() -> caller.judge(FakeGuard.question()));
    var other = start(() -> caller.judge(FakeGuard.question()));
    assertThat(one.get()).isEqualTo(other.get()).isEqualTo(FakeGuard.RIGHT);
  }

  @Test
  void whyTheGuardCannotJudgeIsTold() {
    fake.judging =
        _ -> {
          throw new GuardUnavailable("no token");
        };
    listen(4);
    assertThatThrownBy(() -> caller(1).judge(FakeGuard.question()))
        .isInstanceOf(GuardUnavailable.class)
        .hasMessage("the guard says UNAVAILABLE: no token");
    assertThat(log).isEmpty();
  }

  @Test
  void whatNobodyExpectsIsInternalAndNothingOfTheCallIsLogged() {
    listen(4);
    var caller = caller(1);
    for (var failure :
        List.of(new IllegalStateException("demo-1"), new StackOverflowError("demo-1"))) {
      fake.judging =
          _ -> {
            throw sneaky(failure);
          };
      assertThatThrownBy(() -> caller.judge(FakeGuard.question()))
          .isInstanceOf(GuardUnavailable.class)
          .hasMessage("the guard says UNAVAILABLE: internal");
    }
    assertThat(log).hasSize(2).noneMatch(line -> line.contains("demo-1"));
    assertThat(log.getFirst()).startsWith("a call failed: java.lang.IllegalStateException at ");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void aReplyLongerThanAFrameIsInternal() {
    var judged = ((Reply.Judged) FakeGuard.RIGHT).judgement();
    fake.judging =
        _ -> new Reply.Judged(judged, Collections.nCopies(500, judged), Optional.empty());
    listen(4);
    assertThatThrownBy(() -> caller(1).judge(FakeGuard.question()))
        .isInstanceOf(GuardUnavailable.class)
        .hasMessage("the guard says UNAVAILABLE: internal");
  }

  private static byte[] judge(int cells) {
    var draw = Draw.newBuilder().setNumber(1);
    for (var i = 0; i < cells; i++) {
      draw.addCells(i);
    }
    return Call.newBuilder().setJudge(Judge.newBuilder().addDraws(draw)).build().toByteArray();
  }

  private void assertInvalid(byte[] message, byte[] answer) throws IOException {
    try (var channel = new FrameChannel(raw());
        var secret = SecretBytes.copyOf(answer)) {
      channel.write(message, secret, far());
      assertThat(fault(channel).getKind()).isEqualTo(Fault.Kind.INVALID);
      assertThat(channel.read(far())).as("closed").isNull();
    }
  }

  @Test
  void whatNoServerAsksIsInvalidAndTheConnectionEnds() throws IOException {
    listen(100);
    assertInvalid(new byte[] {1, 2, 3}, new byte[0]);
    assertInvalid(new byte[0], new byte[0]);
    assertInvalid(LOOK, new byte[2]);
    for (var pictures : List.of(0, 1, 3)) {
      assertInvalid(judge(2), new byte[2 * pictures]);
    }
    assertThat(fake.asked).isEmpty();
    assertThat(log)
        .isNotEmpty()
        .allMatch(line -> line.startsWith("not a call that a server makes: java.lang.Illegal"));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, -1, 16_385})
  void aLengthThatIsNoneIsInvalidAndTheConnectionEnds(int length) throws IOException {
    listen(4);
    var channel = raw();
    channel.write(ByteBuffer.allocate(6).putInt(length).putShort((short) 0).flip());
    try (var frames = new FrameChannel(channel)) {
      assertThat(fault(frames).getKind()).isEqualTo(Fault.Kind.INVALID);
      assertThat(frames.read(far())).as("closed").isNull();
    }
  }

  @Test
  void whatIsNoFrameAtAllIsInvalid() throws IOException {
    listen(4);
    var channel = raw();
    channel.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8)));
    try (var frames = new FrameChannel(channel)) {
      assertThat(fault(frames).getKind()).isEqualTo(Fault.Kind.INVALID);
    }
  }

  @Test
  void aCallThatStaysHalfEndsItsConnection() throws IOException {
    var socket = listen(4, SHORT, LONG);
    var channel = raw();
    channel.write(ByteBuffer.allocate(3));
    assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    socket.close();
    assertThat(log).hasSize(1).first().asString().contains("stays in the middle of a call");
  }

  @Test
  void aCallerThatIsIdleStaysConnected() throws IOException {
    listen(4, Duration.ofNanos(1), LONG);
    var idle = raw();
    try (var later = new FrameChannel(raw());
        var none = SecretBytes.ofCapacity(0)) {
      later.write(LOOK, none, far());
      assertThat(requireNonNull(later.read(far())).message()).isNotEmpty();
    }
    idle.configureBlocking(false);
    assertThat(idle.read(ByteBuffer.allocate(1))).isZero();
  }

  /// There is room for one, so the place of who was killed must be free again.
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6, 8})
  void aCallerKilledInTheMiddleOfACallTakesNoPlace(int bytes) throws IOException {
    listen(1);
    var killed = raw();
    killed.write(ByteBuffer.allocate(9).putInt(0, 3).limit(bytes));
    killed.close();
    assertThat(judgedOnceThereIsRoom()).isEqualTo(FakeGuard.RIGHT);
  }

  @Test
  void aCallerKilledWhileItsCallIsMadeTakesNoPlace() throws Exception {
    var made = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    fake.judging =
        _ -> {
          made.countDown();
          await(end);
          return FakeGuard.RIGHT;
        };
    listen(1);
    var caller = caller(1);
    var killed =
        Thread.ofPlatform()
            .daemon(true)
            .start(
                () ->
                    assertThatThrownBy(() -> caller.judge(FakeGuard.question()))
                        .isInstanceOf(GuardUnavailable.class));
    await(made);
    killed.interrupt();
    killed.join();
    end.countDown();
    assertThat(judgedOnceThereIsRoom()).isEqualTo(FakeGuard.RIGHT);
  }

  private Reply judgedOnceThereIsRoom() {
    var caller = caller(1);
    while (true) {
      try {
        return caller.judge(FakeGuard.question());
      } catch (GuardUnavailable busy) {
        assertThat(busy).hasMessage("the guard says BUSY: too many connections");
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void moreConnectionsThanThereIsRoomForAreRefused() {
    listen(1);
    var first = caller(1);
    first.look(List.of());
    assertThatThrownBy(() -> caller(1).judge(FakeGuard.question()))
        .isInstanceOf(GuardUnavailable.class)
        .hasMessage("the guard says BUSY: too many connections");
    assertThat(log).containsExactly("more connections than 1");
    assertThat(first.judge(FakeGuard.question())).isEqualTo(FakeGuard.RIGHT);
    first.close();
    assertThat(judgedOnceThereIsRoom()).isEqualTo(FakeGuard.RIGHT);
  }

  @Test
  void aProcessOfAnotherUserIsNotHeard() {
    peerUser = _ -> "mallory";
    peers = Set.of("hanako");
    listen(4);
    assertThatThrownBy(() -> caller(1).judge(FakeGuard.question()))
        .isInstanceOf(GuardUnavailable.class)
        .hasMessage("the guard closed the connection without a reply");
    assertThat(fake.asked).isEmpty();
    assertThat(log).containsExactly("a process of user 'mallory' may not call the guard");
  }

  @Test
  void aUserThatIsNamedIsHeard() {
    peerUser = _ -> "hanako";
    peers = Set.of("hanako", "taro");
    listen(4);
    assertThat(caller(1).judge(FakeGuard.question())).isEqualTo(FakeGuard.RIGHT);
  }

  @Test
  void theKernelSaysWhoCalls() {
    peers = Set.of("somebody-else");
    listen(4);
    assertThatThrownBy(() -> caller(1).judge(FakeGuard.question()))
        .isInstanceOf(GuardUnavailable.class);
    assertThat(fake.asked).isEmpty();
  }

  @Test
  void aPeerWhoseUserIsUnknownIsNotHeardAndTheNextIs() {
    var first = new AtomicBoolean(true);
    peerUser =
        connection -> {
          if (first.getAndSet(false)) {
            throw new IOException("no credentials");
          }
          return PeerUser.OF_THE_KERNEL.of(connection);
        };
    listen(4);
    var caller = caller(1);
    assertThatThrownBy(() -> caller.judge(FakeGuard.question()))
        .isInstanceOf(GuardUnavailable.class);
    assertThat(caller.judge(FakeGuard.question())).isEqualTo(FakeGuard.RIGHT);
    assertThat(log).hasSize(1).first().asString().startsWith("no connection is taken: java.io.IOE");
  }

  @Test
  void aGuardStartedAnewIsReachedByTheNextCall() {
    var caller = caller(2);
    try (var _ = listen(4)) {
      caller.look(List.of());
    }
    assertThatThrownBy(() -> caller.look(List.of())).isInstanceOf(GuardUnavailable.class);
    assertThat(caller.up()).isFalse();
    listen(4);
    assertThat(caller.judge(FakeGuard.question())).isEqualTo(FakeGuard.RIGHT);
    assertThat(caller.up()).isTrue();
  }

  @Test
  void closingLetsACallEndAndTakesNoOther() throws Exception {
    var made = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    fake.judging =
        _ -> {
          made.countDown();
          await(end);
          return FakeGuard.RIGHT;
        };
    var socket = listen(4);
    var caller = caller(1);
    var idle = raw();
    var call = start(() -> caller.judge(FakeGuard.question()));
    await(made);
    var closing =
        start(
            () -> {
              socket.close();
              return null;
            });
    assertThat(idle.read(ByteBuffer.allocate(1))).as("an idle one ends at once").isEqualTo(-1);
    assertThat(closing.isDone()).isFalse();
    assertThat(dir.resolve("s")).as("nobody new finds it").doesNotExist();
    end.countDown();
    assertThat(call.get()).isEqualTo(FakeGuard.RIGHT);
    closing.get();
  }

  @Test
  void aCallThatDoesNotEndIsLeftUnheard() {
    var made = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    fake.judging =
        _ -> {
          made.countDown();
          await(end);
          return FakeGuard.RIGHT;
        };
    var socket = listen(4, LONG, Duration.ZERO);
    var caller = caller(1);
    var call = start(() -> caller.judge(FakeGuard.question()));
    await(made);
    socket.close();
    assertThatThrownBy(call::get).hasCauseInstanceOf(GuardUnavailable.class);
    end.countDown();
  }

  @Test
  void closingTwiceIsClosingOnce() {
    var socket = listen(4);
    socket.close();
    socket.close();
    assertThat(Files.exists(dir.resolve("s"))).isFalse();
    assertThat(log).isEmpty();
  }

  @Test
  void settingsWithoutRoomOrTimeAreNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> listen(0));
    assertThatIllegalArgumentException().isThrownBy(() -> listen(1, Duration.ZERO, LONG));
    assertThatIllegalArgumentException().isThrownBy(() -> listen(1, LONG, Duration.ofSeconds(-1)));
  }
}
