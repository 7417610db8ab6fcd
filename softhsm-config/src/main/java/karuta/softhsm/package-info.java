/// SoftHSM for development and CI: where the library lies, what a token may do, and how one is made; and a throw-away
/// certificate authority beside it.
///
/// Nothing here is needed in production, and nothing here is on the server's class path. A software token keeps its
/// keys in files that any process of the same user can read: it stands in for the protocol of an HSM, never for its
/// protection. Everything that uses it says so ([DevelopmentToken#NOTICE]).
///
/// Private files are created with mode 0600 in directories of mode 0700, and are never overwritten: what stands in the
/// way is refused by name ([SetupRefused]).
@NullMarked
package karuta.softhsm;

import org.jspecify.annotations.NullMarked;
