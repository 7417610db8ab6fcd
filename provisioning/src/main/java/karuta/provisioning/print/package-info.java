/// The print job, which carries a batch's cards to the bureau. The drawing of a card is in
/// `karuta.provisioning.print.page`; the bureau's tool is `karuta.provisioning.bureau`.
///
/// A print job is the one file that holds layouts outside a token. It is signed by the issuer key and encrypted to the
/// bureau's certificate in one stream, so the issuing host writes no plaintext; only
/// [karuta.provisioning.print.PrintJobReader] decrypts it. `docs/print-job.md` states the format.
@NullMarked
package karuta.provisioning.print;

import org.jspecify.annotations.NullMarked;
