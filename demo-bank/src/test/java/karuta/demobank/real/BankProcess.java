package karuta.demobank.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import karuta.client.Endpoint;
import karuta.demo.DemoBank;
import karuta.demobank.Stack;
import karuta.testing.TestJvm;

/// The demo bank as `./karuta demo` starts it, in a process of its own whose memory can be looked at.
public final class BankProcess implements AutoCloseable {
  private final DemoBank bank;

  private BankProcess(DemoBank bank) {
    this.bank = bank;
  }

  /// Starts it on a free port.
  ///
  /// @param subjects how its customers' references begin
  public static BankProcess start(Stack stack, String subjects) {
    return new BankProcess(
        DemoBank.start(
            TestJvm.jvm(List.of()),
            Path.of("target", "bank.log"),
            Endpoint.of(stack.frontEnd().base(), stack.frontEnd().identity()),
            Endpoint.of(stack.backOffice().base(), stack.backOffice().identity()),
            stack.letterbox(),
            "--port=0",
            "--subjects=" + subjects));
  }

  /// Where a browser finds it.
  public String address() {
    return bank.address();
  }

  /// Everything its objects hold now.
  ///
  /// @param file where the dump is put
  public HeapDump memory(Path file) {
    ask("GC.heap_dump", file.toAbsolutePath().toString());
    return HeapDump.read(file);
  }

  /// How many objects of a class it holds now.
  public int instances(String name) {
    for (var line : ask("GC.class_histogram").split("\n", -1)) {
      var columns = line.strip().split("\\s+", -1);
      if (columns.length >= 4 && columns[3].equals(name)) {
        return Integer.parseInt(columns[1]);
      }
    }
    return 0;
  }

  /// Both commands collect what nobody holds any more before they look.
  private String ask(String... words) {
    try {
      var command =
          new java.util.ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(bank.process().pid())));
      command.addAll(List.of(words));
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    bank.close();
  }
}
