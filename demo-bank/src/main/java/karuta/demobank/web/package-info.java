/// The web pages of the demo bank: routes, sessions, protection against forged requests, texts in two languages,
/// templates.
@NullMarked
package karuta.demobank.web;

import org.jspecify.annotations.NullMarked;
