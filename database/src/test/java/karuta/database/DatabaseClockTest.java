package karuta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  /// The counter of this machine, which is also how long the world has gone on.
  private long nanos;

  private Duration databaseAhead = Duration.ZERO;
  private Duration machineAhead = Duration.ZERO;
  private Duration there = Duration.ofMillis(1);
  private Duration back = Duration.ofMillis(1);
  private int asked;
  private boolean silent;

  private DatabaseClock clock() {
    return new DatabaseClock(
        this::database, () -> START.plusNanos(nanos).plus(machineAhead), () -> nanos);
  }

  private DatabaseClock.Reading database(LongSupplier nanoClock) {
    if (silent) {
      throw new DatabaseUnavailable("silent");
    }
    asked++;
    var began = nanoClock.getAsLong();
    pass(there);
    var shown = now();
    pass(back);
    return DatabaseClock.Reading.between(began, shown, nanoClock.getAsLong());
  }

  private Instant now() {
    return START.plusNanos(nanos).plus(databaseAhead);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void itShowsTheDatabasesTimeAndAsksNobodyBetweenReadings() {
    databaseAhead = Duration.ofMinutes(3);
    var clock = clock();
    pass(Duration.ofSeconds(59));

    assertThat(clock.instant()).isEqualTo(now());
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void itSaysHowFarTheMachineIsAhead() {
    machineAhead = Duration.ofMinutes(-3);

    assertThat(clock().read()).isEqualTo(machineAhead);
  }

  @Test
  void aReadingIsAsExactAsHalfTheTimeItTookAndASlowOneDoesNotTakeABettersPlace() {
    var clock = clock();
    back = Duration.ofSeconds(2);

    clock.read();

    assertThat(clock.instant()).isEqualTo(now());
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void aSlowReadingCountsWhenTheOtherCannotBeRightAnyMore() {
    var clock = clock();
    databaseAhead = Duration.ofSeconds(10);
    back = Duration.ofSeconds(2);

    clock.read();

    assertThat(Duration.between(clock.instant(), now()).abs()).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void anOldReadingDoesNotCountAndWithoutAnotherThereIsNoTime() {
    var clock = clock();
    pass(DatabaseClock.OLDEST.plusSeconds(1));
    databaseAhead = Duration.ofSeconds(7);

    assertThat(clock.instant()).isEqualTo(now());
    assertThat(asked).isEqualTo(2);

    pass(DatabaseClock.OLDEST.plusSeconds(1));
    silent = true;
    assertThatThrownBy(clock::instant).isInstanceOf(DatabaseUnavailable.class);
  }

  /// The counter stands still in a machine that sleeps.
  @Test
  void aMachineThatWasAsleepAsksAgain() {
    var clock = clock();
    databaseAhead = Duration.ofHours(1);
    machineAhead = Duration.ofHours(1);

    assertThat(clock.instant()).isEqualTo(now());
  }
}
