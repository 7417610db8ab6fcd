/// The bank's calls to the challenge server, over REST, with the certificates of front end and back office.
@NullMarked
package karuta.demobank.api;

import org.jspecify.annotations.NullMarked;
