package karuta.server.book;

import karuta.bundle.BundleManifest;

/// What an import did.
///
/// @param imported cards whose books this run imported
/// @param leftOut cards of this run that were ended between their order and now, and got no book
/// @param resumedAt cards that an interrupted run before had done already
/// @param alreadyDone whether the bundle had been imported completely before; then nothing was done
public record ImportResult(
    BundleManifest manifest, long imported, long leftOut, long resumedAt, boolean alreadyDone) {}
