/// The frozen set of pictures that cards are made of: drawings, digests and labels.
///
/// Layouts and palettes name pictures by number only, and cards stay in customers' hands for years. So a catalogue
/// never changes: no picture is renumbered, redrawn or relabelled. What must change is a new version beside the old
/// one.
@NullMarked
package karuta.catalogue;

import org.jspecify.annotations.NullMarked;
