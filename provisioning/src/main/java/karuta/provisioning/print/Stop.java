package karuta.provisioning.print;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/// Ends long work over files when the user asks, so that what was decrypted is removed and not left where it lay.
final class Stop {
  private Stop() {}

  static void ifAsked(BooleanSupplier stopped) throws InterruptedIOException {
    if (stopped.getAsBoolean()) {
      throw new InterruptedIOException("interrupted");
    }
  }

  static InputStream reading(InputStream in, BooleanSupplier stopped) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        ifAsked(stopped);
        return in.read(bytes, offset, length);
      }
    };
  }

  static OutputStream writing(OutputStream out, BooleanSupplier stopped) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        ifAsked(stopped);
        out.write(bytes, offset, length);
      }
    };
  }
}
