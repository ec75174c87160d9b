/** The ATS on its own: `node examples/reference-ats/src/main.ts`, configured by the environment as the README says. */
import { openAts } from './index.ts';

const { DATABASE_URL, PLATFORM_URL, PARTNER_CLIENT_ID, PARTNER_CLIENT_SECRET, SECRETS_KEY, COMPANY, PORT } =
  process.env;

if (!DATABASE_URL || !PLATFORM_URL || !PARTNER_CLIENT_ID || !PARTNER_CLIENT_SECRET || !SECRETS_KEY) {
  process.stderr.write(
    'ats: DATABASE_URL, PLATFORM_URL, PARTNER_CLIENT_ID, PARTNER_CLIENT_SECRET and SECRETS_KEY are needed (README.md)\n',
  );
  process.exit(2);
}
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
const ats = await openAts({
  name: 'Bosun',
  company: { id: 'company', name: COMPANY ?? 'Our company' },
  databaseUrl: DATABASE_URL,
  host: '127.0.0.1',
  port: Number(PORT ?? '8090'),
  platform: PLATFORM_URL.replace(/\/$/, ''),
  partner: { clientId: PARTNER_CLIENT_ID, clientSecret: PARTNER_CLIENT_SECRET },
  secretsKey: SECRETS_KEY,
  log: (message) => process.stderr.write(`ats: ${message}\n`),
});
process.stdout.write(`Bosun listens on ${ats.url}; connect it on ${ats.url}/setup\n`);
await ats.run(stopping.signal);
await ats.close();
