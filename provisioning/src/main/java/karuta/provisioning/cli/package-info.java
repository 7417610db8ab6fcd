/// The custodians' command line. Each command opens a token, calls what the other packages do, and says what happened;
/// the rules live there, the words live here.
@NullMarked
package karuta.provisioning.cli;

import org.jspecify.annotations.NullMarked;
