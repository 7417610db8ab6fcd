package karuta.provisioning.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/// Runs a program and ends it when the process that started it has ended, however that came about: the kernel closes a
/// process's end of every pipe with it, and nothing but the end ever comes through this program's standard input. A JVM that
/// is killed runs no hook of its own.
final class EndsWithParent {
  private static final int ORPHANED = 77;

  private EndsWithParent() {}

  /// Runs the program.
  ///
  /// @param arguments the program's class, then what it wants to know itself
  public static void main(String[] arguments) throws Exception {
    Thread.ofPlatform().daemon().name("parent").start(EndsWithParent::watch);
    var main = Class.forName(arguments[0]).getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception thrown ? thrown : e;
    }
  }

  private static void watch() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Runtime.getRuntime().halt(ORPHANED);
    }
  }
}
