// Checks 1 to 4 of docs/receipts.md with nothing but Node, 18 or later. Made to be copied.
import { createHash, createPublicKey, verify as signatureHolds } from 'node:crypto';

const must = (holds, otherwise) => { if (!holds) throw new Error(otherwise); };

const TYPES = { iss: 'string', sub: 'string', jti: 'string', purpose: 'string', txn_digest: 'string', card: 'number', draws: 'number',
  iat: 'number', exp: 'number', guard: 'string', seq: 'number' };

function json(part) {
  let value;
  try { value = JSON.parse(Buffer.from(part, 'base64url').toString()); } catch { /* said below */ }
  must(value && typeof value === 'object', 'it cannot be read');
  return value;
}

// Of a transaction in canonical form: as the bank executes it, never as it came with a receipt.
export function transactionDigest({ reference = '', payee = '', amount = '', currency = '', lines = [] }) {
  const sha256 = createHash('sha256');
  for (const field of ['karuta transaction v1', reference, payee, amount, currency, ...lines]) {
    const bytes = Buffer.from(field);
    sha256.update(Buffer.from([bytes.length >> 8, bytes.length])).update(bytes);
  }
  return sha256.digest('base64url');
}

// The claims of a receipt that counts at `now` (seconds since 1970), or an Error that says why it does not.
export function verify(receipt, { keys, issuer, audience, longestAgeSeconds, clockLeewaySeconds, subject, purpose, transaction }, now) {
  const parts = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(receipt);
  must(parts, 'it cannot be read');
  const header = json(parts[1]);
  must(header.alg === 'ES256', 'not ES256');
  must(header.typ === 'karuta-receipt+jwt', 'not of type karuta-receipt+jwt');
  must(!('crit' in header), 'an unknown extension');
  const jwk = keys.keys.find(one => one.kid === header.kid && one.crv === 'P-256');
  must(header.kid && jwk, 'an unknown key');
  const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
  const signed = Buffer.from(`${parts[1]}.${parts[2]}`);
  must(signatureHolds('sha256', signed, key, Buffer.from(parts[3], 'base64url')), 'the signature is wrong');
  const claims = json(parts[2]);
  must(claims.aud === audience, 'another audience');
  for (const [name, type] of Object.entries(TYPES)) {
    must(name in claims, `no ${name}`);
    must(typeof claims[name] === type, 'it cannot be read');
  }
  must(claims.iss === issuer, 'another issuer');
  must(claims.sub === subject, 'another subject');
  must(claims.purpose === purpose, 'another purpose');
  must(claims.txn_digest === transactionDigest(transaction), 'another transaction');
  must(claims.iat <= now + clockLeewaySeconds, 'from the future');
  must(now < claims.exp, 'expired');
  must(claims.iat >= now - longestAgeSeconds, 'too old');
  return claims;
}
