/// The custodians' commands. A command reads its options, opens a token, computes a plan, asks for what has to be
/// confirmed, and reports the result. The rules it applies are in the other packages; only options, prompts and
/// messages are here.
@NullMarked
package karuta.provisioning.cli;

import org.jspecify.annotations.NullMarked;
