/// Seals over the audit: whoever changes, adds or removes a row afterwards is found out.
@NullMarked
package karuta.server.seal;

import org.jspecify.annotations.NullMarked;
