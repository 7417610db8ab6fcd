package karuta.server;

import java.lang.reflect.Proxy;
import java.util.Objects;

/// SIGHUP, the signal by which daemons are told to read their files again.
///
/// The JDK's handlers of signals (`sun.misc.Signal`, module `jdk.unsupported`) are no part of the platform's API, so
/// they are looked up by name.
final class Hangup {
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  private Hangup() {}

  /// Has `task` run at every SIGHUP, on a thread of the JVM's.
  ///
  /// @return false if this process never gets the signal: its parent ignored it (`nohup`), or this system has none
  static boolean handle(Runnable task) {
    try {
      var handler = Class.forName(HANDLER);
      var ours =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, _) -> {
                if (method.getName().equals("handle")) {
                  task.run();
                }
                return null;
              });
      var signal = Class.forName(SIGNAL);
      var before =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
      return !Objects.equals(handler.getField("SIG_IGN").get(null), before);
    } catch (ReflectiveOperationException _) {
      return false;
    }
  }
}
