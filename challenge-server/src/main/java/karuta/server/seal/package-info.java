/// Signed seals over the audit, made at intervals, and their verification: a row that was changed, added or removed
/// afterwards is detected.
@NullMarked
package karuta.server.seal;

import org.jspecify.annotations.NullMarked;
