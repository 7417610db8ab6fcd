package karuta.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import karuta.demo.Home;
import org.junit.jupiter.api.Test;

/// Everything a bank would ask of a running server, and the search of its memory.
class SmokeTest {
  @Test
  void everythingHolds() throws Exception {
    var home = Home.temporary("smoke");
    assertThat(Smoke.run(home, System.out)).as("all checks; see the lines above").isTrue();
    home.delete();
  }
}
