/// Tests of the access through JCA.
@NullMarked
package karuta.token.jca;

import org.jspecify.annotations.NullMarked;
