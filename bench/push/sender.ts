/** A platform for `bench/push` and `soak/push`, in a process of its own. Its clock is turned by messages; it answers with its memory. */
import { configOf, createLog, createPlatform } from '../../packages/platform/src/index.ts';
import { systemClock } from '../../packages/platform/src/kernel/clock.ts';

const [dataDir = '', turned = '0'] = process.argv.slice(2);
let turnedMs = Number(turned);
const platform = createPlatform(
  configOf({ dataDir, port: 0, callbackUrls: 'loopback', quotas: false, logLevel: 'warn' }),
  { clock: { now: () => systemClock.now() + turnedMs }, log: createLog('warn') },
);
await platform.start();
process.send?.({ ready: true });
process.on('message', ({ turnedMs: next }: { turnedMs?: number }) => {
  if (next !== undefined) turnedMs = next;
  process.send?.({ rssMb: Math.round(process.memoryUsage.rss() / 1024 / 1024) });
});
process.on('disconnect', () => void platform.stop().then(() => process.exit()));
