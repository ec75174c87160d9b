import { compareSides, faultOf, type History, recordsOfHistory } from '../../packages/connector/src/index.ts';
import { KINDS, type SoakCustomer } from './ats.ts';

/** How many records differ between the ATS and the platform; null where the platform cannot tell, or its proof is none. */
export async function differencesOf(customer: SoakCustomer, history: () => History): Promise<number | null> {
  const { baseUrl, organization, clientId, clientSecret } = customer;
  const comparison = await compareSides({
    client: { baseUrl, authUrl: baseUrl, organization, clientId, clientSecret, retryForMs: 60_000 },
    held: recordsOfHistory(history),
    kinds: KINDS,
  });
  if (comparison.method !== 'digests') return null;
  const { differences, proof } = comparison;
  for (const { kind, key, found } of differences.slice(0, 3))
    process.stderr.write(`${customer.id}: ${kind} ${key.join(' ')} is ${found}\n`);
  if (differences.length > 0) return differences.length;
  return proof && faultOf(proof, clientSecret) === null ? 0 : null;
}
