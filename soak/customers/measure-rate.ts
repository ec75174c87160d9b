import { quotaOf } from '@carrick/protocol';
import { machineTime } from '../../packages/connector/src/clock.ts';
import { createConnector, fileStore } from '../../packages/connector/src/index.ts';
import { candidateOf } from './ats.ts';
import { openWire, startSandbox } from './platform.ts';

/** Two minutes of the quota. */
const RECORDS = 19_000;

/**
 * How much of the quota of candidates a history uses, by a turned clock, and how often it was throttled. Only waiting
 * turns the connector's clock, and with it the platform's: minutes of quota pass in seconds, and a slow machine changes nothing.
 */
export async function measureRate(dir: string): Promise<{ share: number; throttled: number }> {
  const sandbox = await startSandbox(`${dir}/rate`, '--clock');
  const wire = await openWire(sandbox.baseUrl);
  try {
    const [tenant] = sandbox.tenants;
    if (!tenant) throw new Error('the sandbox has no tenant');
    let now = machineTime();
    const clock = {
      now: () => now,
      async pause(ms: number) {
        now += ms;
        const url = `${sandbox.baseUrl}/sandbox/clock`;
        const there = (await (await fetch(url)).json()) as { now: number }; // documented in the guide
        if (there.now >= now) return;
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ advance: now - there.now }),
        });
        if (!response.ok) throw new Error(`the clock cannot be turned: ${await response.text()}`);
      },
    };
    const store = await fileStore(`${dir}/rate-store`);
    const connector = createConnector({
      platform: { baseUrl: wire.baseUrl },
      atsName: 'Soak ATS',
      store,
      secretsKey: '5a'.repeat(32),
      clock,
    });
    const { organization, customer: credentials } = tenant;
    await connector.customers.add({ id: 'rate', name: 'Rate', organization, credentials });
    const startedAt = clock.now();
    await connector.backfill('rate', { candidate: candidates() });
    const minutes = (clock.now() - startedAt) / 60_000;
    await connector.close();
    const most = quotaOf('v2/atsCandidates').limits.find(({ per }) => per === 'minute')?.most ?? 0;
    return { share: Math.round((RECORDS / minutes / most) * 1000) / 1000, throttled: wire.throttled() };
  } finally {
    wire.close();
    await sandbox.stop();
  }
}

function* candidates() {
  for (let id = 1; id <= RECORDS; id++) yield { key: String(id), record: candidateOf(id, 0) };
}
