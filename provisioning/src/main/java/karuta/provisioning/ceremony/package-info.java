/// The files of the key agreement between an issuer token and a verifier token: request, response and confirmation.
/// Each is a JSON object signed with CMS, which people carry from one host to the other and compare by its fingerprint;
/// `docs/ceremonies/key-agreement.md` is the runbook.
@NullMarked
package karuta.provisioning.ceremony;

import org.jspecify.annotations.NullMarked;
