import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, faultOf } from './testing/hostile-exchange.ts';
import { type HostileRequest, hostileRequest } from './testing/hostile-request.ts';
import { type TestAts, type TestWire, testWire } from './testing/wire.ts';

let world: TestWire;
let ats: TestAts;
beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
});
afterAll(() => world.close());

const send = (request: HostileRequest) => exchange(Number(new URL(world.baseUrl).port), ats.token, request);

describe('hostile requests', () => {
  it('WP37 whatever is sent, the answer is a result or a refusal with its reason', async () => {
    await fc.assert(
      fc.asyncProperty(hostileRequest(ats.organisation), async (request) => {
        expect(faultOf(request, await send(request))).toBeNull();
      }),
      { numRuns: 400, seed: Number(process.env.FUZZ_SEED ?? 1) },
    );
  });
});
