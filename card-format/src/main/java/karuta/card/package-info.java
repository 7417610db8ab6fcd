/// The words both sides of Karuta share: cells, serials, palettes, and the exact bytes that are MACed.
///
/// Nothing here knows a layout. A palette is derived from a seed the server stores; the picture that is right
/// among the 64 is not.
@NullMarked
package karuta.card;

import org.jspecify.annotations.NullMarked;
