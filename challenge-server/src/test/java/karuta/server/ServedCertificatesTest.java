package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.document.Pem;
import karuta.server.config.ServerConfig;
import karuta.server.config.ServerConfigReader;
import karuta.server.testing.Installation;
import karuta.server.testing.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server's own certificate and those of the clients' CAs last two days here, the bundles' issuer ten.
class ServedCertificatesTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Instant now = Instant.now();
  private final List<String> log = new ArrayList<>();
  @TempDir private Path directory;

  @BeforeEach
  void install() throws Exception {
    var issuer = new TestIssuer(now.minus(DAY), now.plus(DAY.multipliedBy(10)));
    Installation.make(directory, TestIssuer.TOKEN, "ab".repeat(32), issuer.trust().issuer());
  }

  private ServedCertificates at(Instant time) {
    return new ServedCertificates(InstantSource.fixed(time), log::add);
  }

  private ServerConfig config() {
    return ServerConfigReader.read(directory.resolve("server.toml"));
  }

  private void ca(TestIssuer... issuers) throws Exception {
    var text = new StringBuilder();
    for (var issuer : issuers) {
      text.append(Pem.of("CERTIFICATE", issuer.trust().issuer().getEncoded()));
    }
    Files.writeString(directory.resolve("ca.pem"), text);
  }

  private TestIssuer lasting(int from, int to) {
    return new TestIssuer(
        now.plus(DAY.multipliedBy(from)), now.plus(DAY.multipliedBy(to)).minusSeconds(1));
  }

  private void refused(Instant time, String why) {
    var certificates = at(time);
    var config = config();
    assertThatThrownBy(() -> certificates.take(config))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining(why)
        .extracting("exitCode")
        .isEqualTo(ExitCode.USAGE);
    assertThat(log).isEmpty();
  }

  @Test
  void ofEachThatEndsSoonThereIsALine() {
    at(now).take(config());
    assertThat(log)
        .allMatch(line -> line.endsWith("; get a new one in time"))
        .extracting(line -> line.replaceAll("the certificate (\\S+) .*", "$1"))
        .containsExactly("server.certificate", "server.client-ca", "bundles.issuer-certificate");
  }

  @Test
  void ofOneThatLastsThereIsNone() throws Exception {
    ca(lasting(-1, 32));
    at(now).take(config());
    assertThat(log).noneMatch(line -> line.contains("client-ca")).isNotEmpty();
  }

  @Test
  void aServersOwnCertificateMustBeInForce() {
    refused(now.plus(DAY.multipliedBy(3)), "server.certificate (CN=localhost) ended at");
    refused(now.minus(DAY), "server.certificate (CN=localhost) is valid only from");
  }

  @Test
  void oneOfTheClientsIssuersMustBeInForce() throws Exception {
    ca(lasting(-3, 0), lasting(1, 2));
    refused(now, "server.client-ca (CN=test issuer) ended at");
    ca(lasting(-3, 0), lasting(-1, 90));
    at(now).take(config());
    assertThat(log)
        .filteredOn(line -> line.contains("client-ca"))
        .singleElement()
        .asString()
        .contains("server.client-ca (CN=test issuer) ended at");
  }

  /// Bundles are imported by another command, which refuses what was not signed in time.
  @Test
  void anEndedIssuerOfBundlesStopsNoServer() throws Exception {
    var ended = lasting(-3, 0).trust().issuer();
    Files.writeString(directory.resolve("issuer.pem"), Pem.of("CERTIFICATE", ended.getEncoded()));
    at(now).take(config());
    assertThat(log).last().asString().contains("bundles.issuer-certificate", "ended at");
  }

  @Test
  void itIsSaidAgainAndAgain() throws Exception {
    var lines = new CountDownLatch(9);
    var certificates = new ServedCertificates(InstantSource.fixed(now), _ -> lines.countDown());
    certificates.take(config());
    var saying =
        new FutureTask<>(
            () -> {
              certificates.sayEvery(Duration.ofNanos(1));
              return "over";
            });
    var thread = Thread.ofVirtual().start(saying);
    assertThat(lines.await(1, TimeUnit.MINUTES)).isTrue();
    thread.interrupt();
    thread.join();
    assertThat(saying)
        .failsWithin(Duration.ofSeconds(1))
        .withThrowableThat()
        .withCauseInstanceOf(InterruptedException.class);
  }
}
