@NullMarked
package karuta.demobank.web;

import org.jspecify.annotations.NullMarked;
