/// From layouts to printed cards: the card's page, the print job that carries cards to the bureau, and the bureau's
/// reference tool.
///
/// A print job is the one file that holds layouts outside a token. It is signed by the issuer key and encrypted to the
/// bureau's certificate in one pipe, so the issuing host writes no plaintext; [karuta.provisioning.print.PrintJobReader]
/// is the only code that turns it back. `docs/print-job.md` states the format.
@NullMarked
package karuta.provisioning.print;

import org.jspecify.annotations.NullMarked;
