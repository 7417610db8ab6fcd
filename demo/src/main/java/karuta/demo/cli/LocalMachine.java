package karuta.demo.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/// The machine a demo runs on: which ports are free, and whether there is a desktop.
final class LocalMachine {
  private LocalMachine() {}

  /// A port, or 0 for any if somebody has it already.
  static int portOrAny(int port) {
    try (var somebody = new Socket()) {
      somebody.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return 0;
    } catch (IOException e) {
      return port;
    }
  }

  /// Shows a page where there is a desktop to show it on.
  static void show(String page) {
    var mac = System.getProperty("os.name").startsWith("Mac");
    var desktop = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    if (!mac && !desktop) {
      return;
    }
    try {
      new ProcessBuilder(List.of(mac ? "open" : "xdg-open", page))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // its address was printed
    }
  }
}
