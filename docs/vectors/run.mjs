// Goes through a file of vectors: node run.mjs receipts.json. Exit code 1 if one is not as the file says.
import { readFileSync } from 'node:fs';
import { verify } from './verify-receipt.mjs';

const vectors = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const { name, receipt, failure = 'valid' } of vectors.receipts) {
  let found = 'valid';
  try { verify(receipt, vectors, Date.parse(vectors.now) / 1000); } catch (e) { found = e.message; }
  console.log(`${found === failure ? 'as expected' : 'NOT AS EXPECTED'}: ${name}: ${found}`);
  if (found !== failure) process.exitCode = 1;
}
