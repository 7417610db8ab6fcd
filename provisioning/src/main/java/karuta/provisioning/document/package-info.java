/// Who signs files here, and whose signatures are taken: keys that stay in their token, certificates that are pinned.
@NullMarked
package karuta.provisioning.document;

import org.jspecify.annotations.NullMarked;
