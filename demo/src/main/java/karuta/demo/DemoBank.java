package karuta.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import karuta.client.Endpoint;
import karuta.demo.process.Child;
import karuta.demo.process.Program;

/// The demo bank in a process of its own.
///
/// @param process ends with this one
/// @param address where a browser finds it
public record DemoBank(Child process, String address) implements AutoCloseable {
  /// Starts it and waits until it listens.
  ///
  /// @param jvm see [karuta.demo.process.Programs]
  /// @param frontEnd with an identity, as the back office
  /// @param letterbox where printed cards arrive
  /// @param more options
  public static DemoBank start(
      List<String> jvm,
      Path log,
      Endpoint frontEnd,
      Endpoint backOffice,
      Path letterbox,
      String... more) {
    var front = frontEnd.identity().orElseThrow();
    var office = backOffice.identity().orElseThrow();
    var words =
        new ArrayList<>(
            List.of(
                "--api=" + frontEnd.base(),
                "--ca=" + front.authority(),
                "--front-cert=" + front.certificate(),
                "--front-key=" + front.key(),
                "--office-cert=" + office.certificate(),
                "--office-key=" + office.key(),
                "--letterbox=" + letterbox));
    words.addAll(List.of(more));
    var process =
        Child.start(jvm, Program.BANK.main(), Child.Place.of(log), words.toArray(String[]::new));
    return new DemoBank(process, process.line("demo bank: "));
  }

  @Override
  public void close() {
    process.close();
  }
}
