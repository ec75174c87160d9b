import { setTimeout as sleep } from 'node:timers/promises';
import { RECORD_KINDS } from '@carrick/protocol';
import type { AtsConnector, ConnectorClock, ConnectorConfig } from './ats-connector.ts';
import { machineTime } from './clock.ts';
import { createCustomers } from './customers/customers.ts';
import { examine } from './doctor.ts';
import { Lanes } from './lanes.ts';
import { createReceiver } from './receiving/receiver.ts';
import { storedKey } from './sending/change-key.ts';
import { checkHistory } from './sending/check-history.ts';
import { confirmDeletes, heldDeletions } from './sending/mass-delete.ts';
import { mergedInto } from './sending/outgoing.ts';
import { planHistory } from './sending/plan.ts';
import { listQuarantine, retryQuarantine } from './sending/quarantine.ts';

/** How often the outbox is looked at while nothing is to be sent. */
const POLL_MS = 1000;

const machineClock: ConnectorClock = {
  now: machineTime,
  pause: (ms, stopping) => sleep(ms, undefined, stopping && { signal: stopping }),
};

/** Keeps an ATS's customers in step with the platform. Nothing happens before `runOnce` or `run`. */
export function createConnector<Tx>(config: ConnectorConfig<Tx>): AtsConnector<Tx> {
  const { store, clock = machineClock, log = () => {} } = config;
  const lanes = new Lanes(config, clock);
  const { book } = lanes;
  const at = <T>(customerId: string, work: Parameters<Lanes['at']>[1]) =>
    lanes.at(customerId, work) as Promise<T>;

  return {
    customers: createCustomers(config, lanes, clock),
    async record(tx, customerId, kind, key, record) {
      const change = { customerId, kind, ...storedKey(kind, key), record };
      await store.record(tx, [change], clock.now());
    },
    async mergeCandidates(tx, customerId, { survivor, loser }) {
      if (survivor === loser) throw new RangeError('A candidate cannot be merged with itself.');
      const key = storedKey('candidate', loser);
      await store.record(
        tx,
        [{ customerId, kind: 'candidate', ...key, record: mergedInto(survivor) }],
        clock.now(),
      );
    },
    receiver: () => createReceiver({ book, store: lanes.store, clock, log, wake: (id) => lanes.wake(id) }),
    runOnce: () => lanes.round(),
    async run({ stopping }) {
      await lanes.runUntil(stopping, POLL_MS);
    },
    backfill: (customerId, history, onProgress) => lanes.sendHistory(customerId, history, false, onProgress),
    reconcile: (customerId, history, onProgress) => lanes.sendHistory(customerId, history, true, onProgress),
    plan: planHistory,
    dryRun: checkHistory,
    doctor: (customerId) => examine(lanes, customerId, config.callbackUrl),
    quarantine: {
      list: (customerId) => at(customerId, listQuarantine),
      retry: (customerId, kind) =>
        at(customerId, (lane) => retryQuarantine(lane, kind ? [kind] : RECORD_KINDS)),
    },
    heldDeletions: (customerId) => at(customerId, heldDeletions),
    confirmDeletes: (customerId, kind) => at(customerId, (lane) => confirmDeletes(lane, kind)),
    async personOf(customerId, candidateId) {
      const found = (await store.read(customerId, 'person', [candidateId])).get(candidateId);
      return (found as { person: string | null } | undefined)?.person ?? null; // written by `readMatches`
    },
    close: () => store.close(),
  };
}
