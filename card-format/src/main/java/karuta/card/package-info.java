/// The terms that both sides of Karuta share: cells, serials, palettes, and the exact bytes that are MACed.
///
/// Nothing here knows a layout. A palette is derived from a seed that the server stores; which of its 64 pictures is
/// right cannot be derived from that seed.
@NullMarked
package karuta.card;

import org.jspecify.annotations.NullMarked;
