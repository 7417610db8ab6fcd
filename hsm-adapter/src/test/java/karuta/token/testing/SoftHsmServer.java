package karuta.token.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import karuta.card.EpochId;
import karuta.cryptoki.FfmCryptoki;
import karuta.token.ModuleLocation;
import karuta.token.Pkcs11Module;
import karuta.token.TokenName;
import karuta.token.jca.JcaAccess;

/// SoftHSM in a process of its own behind `p11-kit server`, which can be killed and started again: the nearest thing to
/// a network HSM that goes away. Every new connection is a child process of the server.
public final class SoftHsmServer implements Bench {
  /// The epoch agreed on before the server starts.
  public static final EpochId EPOCH = new EpochId("e1");

  private static final String ADDRESS = "P11_KIT_SERVER_ADDRESS";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path store;
  private final Path socket;
  private final byte[] checkValue;
  private final Faults faults = new Faults();
  private final Pkcs11Module module;
  private Process server;

  private SoftHsmServer(Path client) {
    store = SoftHsm.newStore();
    // The name of a Unix socket has room for 107 bytes, so it lies beside the store and not below
    // the build directory.
    socket = store.resolve("p11");
    checkValue = prepare(store);
    server = spawn();
    NativeEnvironment.set(ADDRESS, address());
    var location = ModuleLocation.of(client);
    var cryptoki = FfmCryptoki.load(client, Optional.empty());
    module =
        Pkcs11Module.over(
            FaultyCryptoki.over(cryptoki, faults),
            JcaAccess.sunPkcs11(location.library(), location.initArgs()),
            location.concurrency());
  }

  /// Starts the server with an empty store, and a module connected to it.
  ///
  /// @throws IllegalStateException if p11-kit is not installed, saying what to install
  public static SoftHsmServer start() {
    return new SoftHsmServer(Libraries.p11KitClient());
  }

  /// p11-kit 0.24 shows only tokens that are initialised when it starts, and lets no mechanism with parameters it does
  /// not know through, `CKM_ECDH1_DERIVE` among them. So tokens and book keys are made in this process before.
  private static byte[] prepare(Path store) {
    var softHsm = SoftHsm.on(store);
    var pair = TokenPair.on(softHsm);
    var checkValue = pair.agree(EPOCH);
    pair.leave();
    softHsm.leave();
    return checkValue;
  }

  @Override
  public Optional<byte[]> agreed(EpochId epoch) {
    return epoch.equals(EPOCH) ? Optional.of(checkValue.clone()) : Optional.empty();
  }

  private Process run(String log, String... command) {
    try {
      var builder = new ProcessBuilder(command);
      builder.environment().put("SOFTHSM2_CONF", SoftHsm.configuration(store).toString());
      builder.redirectErrorStream(true).redirectOutput(store.resolve(log).toFile());
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One of the two tokens made before the server started.
  @Override
  public TokenName initialise(String label) {
    return module.tokens().stream()
        .filter(token -> token.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError("this bench has no token " + label));
  }

  private Process spawn() {
    try {
      Files.deleteIfExists(socket);
      var process =
          run(
              "server.log",
              "p11-kit",
              "server",
              "--foreground",
              "--provider",
              SoftHsm.library().toString(),
              "--name",
              socket.toString(),
              "pkcs11:",
              marker());
      await("the server's socket", () -> listens() || !process.isAlive());
      if (!process.isAlive()) {
        throw new IllegalStateException(Files.readString(store.resolve("server.log")));
      }
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The socket's file is there a moment before anybody listens, and p11-kit's client takes a refused connection for a
  /// module without slots.
  private boolean listens() {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /// Waits for a condition, at most 20 seconds.
  public static void await(String what, BooleanSupplier condition) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Names no token; the server hands it on to its children, which are known by it.
  private String marker() {
    return "pkcs11:token=" + store.getFileName();
  }

  /// SIGKILL to the server, then to every child that serves a connection, one forked at the last moment included.
  public void kill() {
    server.destroyForcibly();
    await("the server's end", () -> !server.isAlive());
    await(
        "the end of its children",
        () -> {
          var left = ProcessHandle.allProcesses().filter(this::ours).toList();
          left.forEach(ProcessHandle::destroyForcibly);
          return left.isEmpty();
        });
  }

  /// Stops the server and its children where they are: whoever called them waits, and nothing tells that they are gone.
  public void fallSilent() {
    signal("STOP");
  }

  /// Lets what was stopped go on.
  public void goOn() {
    signal("CONT");
  }

  private void signal(String name) {
    Stream.concat(Stream.of(server.toHandle()), ProcessHandle.allProcesses().filter(this::ours))
        .forEach(process -> signal(name, process.pid()));
  }

  private static void signal(String name, long process) {
    try {
      var ended = new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
      if (ended != 0) {
        throw new IllegalStateException("process " + process + " is gone");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What another process has to have in its environment for the client library to find the server.
  public Map<String, String> environment() {
    return Map.of(ADDRESS, address());
  }

  private String address() {
    return "unix:path=" + socket;
  }

  private boolean ours(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .filter(arguments -> List.of(arguments).contains(marker()))
        .isPresent();
  }

  /// Starts it again on the same store.
  public void startAgain() {
    server = spawn();
  }

  @Override
  public Pkcs11Module module() {
    return module;
  }

  @Override
  public Faults faults() {
    return faults;
  }

  @Override
  public void close() {
    module.close();
    kill();
    SoftHsm.remove(store);
  }
}
