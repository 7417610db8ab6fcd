package karuta.benchmarks.floor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.Mechanism;
import karuta.demo.Home;
import karuta.secret.SecretBytes;
import karuta.token.ModuleLocation;
import karuta.token.Pin;
import karuta.token.Pkcs11Module;
import karuta.token.SessionLease;
import karuta.token.Token;
import karuta.token.TokenName;
import karuta.token.TokenSettings;
import karuta.token.Verdict;
import karuta.token.key.KeyPolicy;
import karuta.token.verifier.VerifierToken;
import org.tomlj.Toml;
import org.tomlj.TomlTable;

/// The token calls of an authentication, one after the other and nothing else: what a guard on this token cannot
/// exceed. And a verification alone, from a loop over the binding and through the session pool, for what the pool
/// costs.
///
/// A program of its own, because the library finds its token by the environment of its process. It prints one line for
/// each measurement: what, threads, operations a second.
public final class TokenLoop {
  private static final Mechanism ECDSA = new Mechanism.Plain(Ckm.CKM_ECDSA);
  private static final int HASH_BYTES = 32;

  /// So many threads at once, one measurement after the other.
  public static final List<Integer> THREADS = List.of(1, 2, 4);

  private final EpochId epoch = new EpochId(Home.EPOCH);
  private final Token token;
  private final VerifierToken verifier;
  private final byte[] check;
  private final Duration time;

  private TokenLoop(Token token, byte[] check, Duration time) {
    this.token = token;
    this.verifier = new VerifierToken(token);
    this.check = check;
    this.time = time;
  }

  /// Measures.
  ///
  /// @param arguments a home, and how many seconds each measurement takes
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    var home = new Home(Path.of(arguments[0]));
    var settings =
        Objects.requireNonNull(Toml.parse(home.path("verifier/token.toml")).getTable("token"));
    var record = Objects.requireNonNull(Toml.parse(home.epochRecord()).getTable("epoch"));
    try (var module = Pkcs11Module.open(ModuleLocation.of(Path.of(text(settings, "module"))));
        var token =
            Token.open(
                module,
                new TokenName(text(settings, "label"), text(settings, "serial")),
                () -> Pin.fromFile(home.verifier().resolve(text(settings, "pin-file"))),
                TokenSettings.defaults(),
                InstantSource.system())) {
      new TokenLoop(
              token,
              HexFormat.of().parseHex(text(record, "check-value")),
              Duration.ofSeconds(Long.parseLong(arguments[1])))
          .measure();
    }
    System.out.println("done");
  }

  private static String text(TomlTable table, String name) {
    return Objects.requireNonNull(table.getString(name), name);
  }

  private void measure() throws InterruptedException {
    verifier.selfTest(epoch, check);
    for (var threads : THREADS) {
      print("verify and sign", threads, this::verifyAndSign);
      print("verify, bare", threads, this::verifyBare);
      print("verify, pooled", threads, this::verifyPooled);
    }
  }

  private void print(String what, int threads, Callable<Long> loop) throws InterruptedException {
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var begun = System.nanoTime();
      var running = new ArrayList<Future<Long>>();
      for (var i = 0; i < threads; i++) {
        running.add(pool.submit(loop));
      }
      var count = 0L;
      for (var one : running) {
        count += one.get();
      }
      var seconds = (System.nanoTime() - begun) / 1e9;
      System.out.printf("measured\t%s\t%d\t%.1f%n", what, threads, count / seconds);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private long bookKey(SessionLease lease) {
    return lease.resolve(
        KeyPolicy.BOOK_VERIFYING.ref(KeyPolicy.BOOK_VERIFYING.label(epoch.value())));
  }

  /// All within one lease of a session.
  private long verifyBare() {
    return token.reading(
        lease -> {
          var key = bookKey(lease);
          return repeat(() -> verify(lease, key));
        });
  }

  private long verifyAndSign() {
    return token.reading(
        lease -> {
          var book = bookKey(lease);
          var receipt = lease.resolve(KeyPolicy.RECEIPT.ref(Home.RECEIPT_KEY));
          try (var hash = SecretBytes.copyOf(new byte[HASH_BYTES])) {
            return repeat(
                () -> {
                  verify(lease, book);
                  lease.cryptoki().signInit(lease.session(), ECDSA, receipt);
                  var _ = lease.cryptoki().sign(lease.session(), hash);
                });
          }
        });
  }

  private void verify(SessionLease lease, long key) {
    try (var input = MacInput.of("karuta kcv v1")) {
      require(lease.verify(key, input.bytes(), check));
    }
  }

  /// A lease for each call, as the guard takes one.
  private long verifyPooled() {
    return repeat(
        () -> {
          try (var input = MacInput.of("karuta kcv v1")) {
            require(verifier.verify(epoch, input.bytes(), check));
          }
        });
  }

  private static void require(Verdict verdict) {
    if (verdict != Verdict.RIGHT) {
      throw new IllegalStateException("the check value is not right");
    }
  }

  private long repeat(Runnable work) {
    var end = System.nanoTime() + time.toNanos();
    var count = 0L;
    while (System.nanoTime() < end) {
      work.run();
      count++;
    }
    return count;
  }
}
