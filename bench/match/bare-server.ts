/** The records' door without matching and without search: what a batch costs before anybody is matched. Ends with its input. */
import { parseArgs } from 'node:util';
import { configOf } from '../../packages/platform/src/config.ts';
import { systemClock } from '../../packages/platform/src/kernel/clock.ts';
import { createHttpEdge } from '../../packages/platform/src/kernel/http.ts';
import { createLog } from '../../packages/platform/src/kernel/log.ts';
import { openContext } from '../../packages/platform/src/kernel/open-context.ts';
import { openOutbox } from '../../packages/platform/src/kernel/outbox.ts';
import { recordRoutes } from '../../packages/platform/src/records/index.ts';
import { oauthRoutes, watchCallers } from '../../packages/platform/src/tenancy/index.ts';
import { openTraffic } from '../../packages/platform/src/traffic/index.ts';

const { values } = parseArgs({ options: { data: { type: 'string', default: '' } } });
const log = createLog('warn');
const { ctx, close } = await openContext(configOf({ dataDir: values.data, quotas: false }), {
  clock: systemClock,
  log,
});
const outbox = openOutbox(ctx.db, systemClock, log);
const traffic = openTraffic(ctx);
const edge = createHttpEdge(log, () => {});
const { port } = await edge.listen('127.0.0.1', 0);
const callers = await watchCallers(ctx);
traffic.start();
edge.open(traffic.observe([...oauthRoutes(ctx), ...recordRoutes({ ctx, outbox, hooks: [] }, traffic)]));
process.stdout.write(`${JSON.stringify({ baseUrl: `http://127.0.0.1:${port}` })}\n`);

process.stdin.resume().once('end', async () => {
  await edge.close();
  await traffic.stop();
  await callers.unlisten();
  await close();
});
