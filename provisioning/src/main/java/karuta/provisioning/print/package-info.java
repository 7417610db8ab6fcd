/// From layouts to printed cards: the print job that carries cards to the bureau. What a card looks like is drawn in
/// `karuta.provisioning.print.page`, and the bureau's tool is `karuta.provisioning.bureau`.
///
/// A print job is the one file that holds layouts outside a token. It is signed by the issuer key and encrypted to the
/// bureau's certificate in one pipe, so the issuing host writes no plaintext;
/// [karuta.provisioning.print.PrintJobReader] is the only code that turns it back. `docs/print-job.md` states the
/// format.
@NullMarked
package karuta.provisioning.print;

import org.jspecify.annotations.NullMarked;
