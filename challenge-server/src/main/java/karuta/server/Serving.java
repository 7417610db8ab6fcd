package karuta.server;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import karuta.catalogue.Catalogue;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.DatabaseUnavailable;
import karuta.log.LimitedLog;
import karuta.log.StackSummary;
import karuta.server.api.Admission;
import karuta.server.api.ApiServer;
import karuta.server.api.CardCalls;
import karuta.server.api.ChallengeCalls;
import karuta.server.api.ClientCa;
import karuta.server.api.Contract;
import karuta.server.api.GrpcHealth;
import karuta.server.api.Identities;
import karuta.server.api.KeyPages;
import karuta.server.api.Limits;
import karuta.server.api.Pictures;
import karuta.server.api.RequestPipeline;
import karuta.server.api.openapi.OpenApi;
import karuta.server.config.ServerConfig;
import karuta.server.guard.WatchedGuard;
import karuta.server.health.Management;
import karuta.server.health.Readiness;
import karuta.server.health.StoreProbe;
import karuta.server.lane.Lane;
import karuta.server.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: everything opened in order, and closed in the opposite one.
///
/// A shutdown makes the server unready, refuses what is new, finishes what is under way, and closes lanes, store and
/// guard after the last request that could need them.
public final class Serving implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
  private static final Duration PROBE = Duration.ofSeconds(3);
  private static final Duration START = Duration.ofSeconds(30);

  private final ServerConfig config;
  private final Ground ground;
  private final Meters meters;
  private final WatchedGuard guard;
  private final Core core;
  private final Vertx vertx;
  private final Lane guardLane;
  private final Lane storeLane;
  private final Readiness readiness;
  private final Management management;
  private final ApiServer api;
  private int apiPort;
  private int managementPort;

  private Serving(ServerConfig config, Ground ground, PrometheusMeterRegistry registry) {
    this.config = config;
    this.ground = ground;
    this.meters = new Meters(registry);
    this.guard =
        new WatchedGuard(
            ground.guard(),
            ground.store(),
            meters,
            config.epochs().checkValues(),
            System::nanoTime);
    this.core =
        Core.of(
            new Core.Parts(
                ground.store(),
                guard,
                config.policy(),
                config.audience(),
                ground.clock(),
                new SecureRandom(),
                meters));
    this.vertx = vertx(registry);
    var lanes = config.lanes();
    this.guardLane = new Lane("guard", config.guard().connections(), lanes.guardQueue());
    this.storeLane = new Lane("store", lanes.storeThreads(), lanes.storeQueue());
    meters.watch(guardLane);
    meters.watch(storeLane);
    var store = new StoreProbe(ground.store(), ground.clock(), meters);
    this.readiness =
        new Readiness(
            Map.of("guard", guard::check, "store", store::askStore, "clock", store::askClock),
            meters,
            PROBE,
            new LimitedLog(LOG::warn, System::nanoTime));
    this.management =
        new Management(
            vertx,
            meters,
            readiness,
            System::nanoTime,
            new LimitedLog(LOG::info, System::nanoTime));
    this.api = api();
  }

  /// Opens the store as the configuration says, and serves. The guard need not be there yet: until it is, no answer is
  /// taken.
  ///
  /// @throws CommandFailed if something is not as it must be; nothing stays open
  public static Serving start(ServerConfig config) {
    // In milliseconds, as the store keeps time: what is read back is what was said.
    var machine = Clock.tickMillis(ZoneOffset.UTC);
    Ground ground;
    try {
      ground = Ground.open(config, machine);
    } catch (DatabaseUnavailable unavailable) {
      throw StoreFailed.unusable(unavailable);
    }
    return start(config, ground);
  }

  /// Serves on what is open.
  ///
  /// @throws CommandFailed if a port cannot be had; the ground is closed
  public static Serving start(ServerConfig config, Ground ground) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    Serving serving;
    try {
      serving = new Serving(config, ground, registry);
    } catch (RuntimeException failure) {
      ground.close();
      throw failure;
    }
    try {
      serving.listen();
      return serving;
    } catch (CommandFailed refused) {
      serving.close();
      throw refused;
    }
  }

  /// Of the metrics of Vert.x only those about its threads are taken. Requests are counted by {@link Meters}: a meter
  /// of Vert.x takes the method as it was sent for a label, so a caller could fill the memory with invented methods.
  private static Vertx vertx(PrometheusMeterRegistry registry) {
    var metrics =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .setDisabledMetricsCategories(
                Arrays.stream(MetricsDomain.values())
                    .filter(domain -> domain != MetricsDomain.NAMED_POOLS)
                    .map(MetricsDomain::toCategory)
                    .collect(Collectors.toSet()));
    var options =
        new VertxOptions()
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false))
            .setMetricsOptions(metrics);
    return Vertx.builder()
        .with(options)
        .withMetrics(new MicrometerMetricsFactory(registry))
        .build();
  }

  private static Identities identities(ServerConfig config) {
    return config
        .development()
        .plaintextClient()
        .map(Identities::plaintextAs)
        .orElseGet(
            () ->
                Identities.byCertificate(
                    ClientCa.read(config.api().tls().orElseThrow().clientCa()), config.clients()));
  }

  private ApiServer api() {
    var refusals = new LimitedLog(LOG::info, System::nanoTime);
    var settings = config.api();
    var admission =
        new Admission(
            vertx,
            identities(config),
            settings.deadline(),
            Clock.systemUTC(),
            System::nanoTime,
            refusals);
    var pipeline =
        new RequestPipeline(
            vertx,
            admission,
            Map.of(Contract.Work.GUARD, guardLane, Contract.Work.STORE, storeLane),
            meters,
            new SecureRandom(),
            settings.deadline(),
            new RequestPipeline.Log(
                refusals, new LimitedLog(LOG::error, System::nanoTime), settings.accessLog()),
            System::nanoTime);
    var pictures = new Pictures(Catalogue.v1());
    var contract =
        new CardCalls(core.cards())
            .bind(new ChallengeCalls(core.challenges(), pictures).bind(new Contract()));
    return ApiServer.of(
        vertx,
        new ApiServer.Settings(
            settings.host(),
            settings.port(),
            settings.tls(),
            settings.handshakes(),
            settings.eventLoops()),
        new ApiServer.Parts(
            admission,
            pipeline,
            contract,
            List.of(
                pictures.page(),
                KeyPages.receiptKeys(guard::receiptKeys),
                KeyPages.sealKeys(guard::sealKeys),
                OpenApi.page()),
            new GrpcHealth(vertx, readiness),
            new Limits(settings.maxBodyBytes(), config.development().reflection()),
            meters,
            refusals));
  }

  private void listen() {
    var m = config.management();
    managementPort = await(management.listen(m.host(), m.port()), "[management] cannot listen");
    apiPort = await(api.listen(), "[server] cannot listen");
    readiness.serve();
    new Duties(core, guard, readiness, meters, guardLane, storeLane)
        .begin((first, span, task) -> vertx.setPeriodic(first, span, _ -> task.run()));
    config
        .development()
        .plaintextClient()
        .ifPresent(
            client ->
                LOG.warn("no TLS: every caller on loopback is {}; for development", client.name()));
  }

  private static <T> T await(Future<T> future, String failed) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CommandFailed(ExitCode.USAGE, failed + ": " + String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new CommandFailed(ExitCode.USAGE, failed + " in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.USAGE, failed + ": interrupted", e);
    }
  }

  /// From now on the certificates and clients of this configuration hold; nothing else of it is looked at. Connections
  /// are ended in order, and made anew under the new rules.
  ///
  /// @throws CommandFailed if they cannot be used; then all stays as it was
  public void reload(ServerConfig changed) {
    if (changed.api().tls().isPresent() != config.api().tls().isPresent()) {
      throw CommandFailed.usage(
          "development.plaintext-client: whether there is TLS is decided at the start");
    }
    await(api.reload(changed.api().tls(), identities(changed)), "[server] cannot go on with it");
  }

  /// The port the API listens on.
  public int apiPort() {
    return apiPort;
  }

  /// The port metrics and health are on.
  public int managementPort() {
    return managementPort;
  }

  /// Shuts down in order. What was accepted is answered, up to the time the configuration gives.
  @Override
  public void close() {
    readiness.drain();
    quietly("API", api.shutdown(config.api().drain()));
    try {
      var patience = config.api().drain();
      var answers = guardLane.drain(patience);
      var others = storeLane.drain(patience);
      if (!answers || !others) {
        LOG.warn("work was still under way when the time for a shutdown was over");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    quietly("management", management.close());
    quietly("Vert.x", vertx.close());
    guardLane.close();
    storeLane.close();
    ground.close();
    LOG.info("shut down");
  }

  private void quietly(String what, Future<?> end) {
    try {
      var patience = config.api().drain().plusSeconds(5);
      end.toCompletionStage().toCompletableFuture().get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      LOG.warn("{} did not close in order: {}", what, StackSummary.line(failure));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
