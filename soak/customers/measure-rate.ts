import { join } from 'node:path';
import { quotaOf } from '@carrick/protocol';
import { ensureTenant } from '../../packages/cli/src/ensure-tenant.ts';
import { createConnector, fileStore } from '../../packages/connector/src/index.ts';
import { configOf, createLog, createPlatform, FakeClock } from '../../packages/platform/src/index.ts';
import { candidateOf } from './ats.ts';
import { openWire } from './platform.ts';

/** Two minutes of the quota. */
const RECORDS = 19_000;

/**
 * How much of the quota of candidates a history uses, and how often it was throttled. Connector and platform have one clock, which
 * nothing but the connector's waiting turns: so it does not matter how fast the machine is, and the platform counts exactly.
 */
export async function measureRate(dir: string): Promise<{ share: number; throttled: number }> {
  const clock = new FakeClock();
  const config = configOf({ dataDir: join(dir, 'rate'), port: 0, host: '127.0.0.1' });
  const platform = createPlatform(config, { clock, log: createLog('silent') });
  await platform.start();
  const wire = await openWire(platform.baseUrl);
  try {
    const { organization, customer } = await ensureTenant(platform.deployment, {
      label: 'soak-rate',
      organizationUrn: 'urn:li:organization:1',
      name: 'Soak',
      atsName: 'Soak ATS',
      contractName: 'Soak',
      seats: [],
    });
    const connector = createConnector({
      platform: { baseUrl: wire.baseUrl },
      atsName: 'Soak ATS',
      store: await fileStore(join(dir, 'rate-store')),
      secretsKey: '5a'.repeat(32),
      clock: { now: () => clock.now(), pause: async (ms) => clock.advance(ms) },
    });
    await connector.customers.add({ id: 'rate', name: 'Rate', organization, credentials: customer });
    const startedAt = clock.now();
    await connector.backfill('rate', { candidate: candidates() });
    const minutes = (clock.now() - startedAt) / 60_000;
    await connector.close();
    const most = quotaOf('v2/atsCandidates').limits.find(({ per }) => per === 'minute')?.most ?? 0;
    return { share: Math.round((RECORDS / minutes / most) * 1000) / 1000, throttled: wire.throttled() };
  } finally {
    wire.close();
    await platform.stop();
  }
}

function* candidates() {
  for (let id = 1; id <= RECORDS; id++) yield { key: String(id), record: candidateOf(id, 0) };
}
