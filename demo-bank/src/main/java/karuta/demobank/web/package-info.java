/// The pages: routes, sessions, guards, texts and templates.
@NullMarked
package karuta.demobank.web;

import org.jspecify.annotations.NullMarked;
