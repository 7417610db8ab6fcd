package karuta.provisioning.print;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import karuta.card.MacInput;
import karuta.card.PictureId;
import karuta.card.Serial;
import karuta.digest.Sha256;

/// Chains the records of a job: link n is SHA-256 over link n - 1 and record n, so that a record left out, added,
/// doubled, moved or changed shows in every link behind it, and a machine that prints record by record can check as it
/// goes. Link 0 is SHA-256 over the job's name. The bytes are those of [MacInput]; `docs/print-job.md` has the table.
final class RecordChain {
  private static final String DOMAIN = "karuta print record v1";

  private byte[] link;
  private long records;

  RecordChain(String job) {
    try (var input = MacInput.of(DOMAIN).text(job)) {
      link = Sha256.of(input.toBytes());
    }
  }

  /// Adds the next record and returns its link as hex.
  String add(Serial serial, List<PictureId> pictures) {
    records++;
    try (var input =
        MacInput.of(DOMAIN)
            .field(link)
            .text(Long.toString(records))
            .text(serial.digits())
            .uint16s(pictures.stream().mapToInt(PictureId::value).toArray())) {
      var bytes = input.toBytes();
      link = Sha256.of(bytes);
      Arrays.fill(bytes, (byte) 0);
    }
    return last();
  }

  /// How many records were added.
  long records() {
    return records;
  }

  /// The last link as hex.
  String last() {
    return HexFormat.of().formatHex(link);
  }
}
