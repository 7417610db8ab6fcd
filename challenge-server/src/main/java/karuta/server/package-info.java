/// The command of the challenge server: `serve` and `import`.
@NullMarked
package karuta.server;

import org.jspecify.annotations.NullMarked;
