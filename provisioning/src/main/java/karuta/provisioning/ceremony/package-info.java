/// The key agreement between an issuer token and a verifier token, as files that people carry and compare (DESIGN
/// section 3): request, response, confirmation. Each is a signed JSON object; `docs/ceremonies/key-agreement.md` is the
/// runbook.
@NullMarked
package karuta.provisioning.ceremony;

import org.jspecify.annotations.NullMarked;
