package karuta.provisioning.print;

import java.security.cert.X509Certificate;
import java.time.Instant;
import karuta.card.BatchId;
import karuta.document.DocumentSigner;

/// What a print job is to hold, who signs it and who can open it.
///
/// @param batch the batch
/// @param cards how many cards will be added
/// @param createdAt the batch's time, the same as in its bundle
/// @param signer the issuer's signing key
/// @param bureau the certificate the job is encrypted to
public record PrintOrder(
    BatchId batch, long cards, Instant createdAt, DocumentSigner signer, X509Certificate bureau) {}
