import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect } from './connect.ts';

const ORIGINS = ['https://ats.example.com', 'https://crm.example.com'];
const INIT = { in: 'init', v: 1, data: { atsCandidateId: 'C1' } };
const parent = { postMessage: vi.fn() };
let listeners: Set<(event: unknown) => void>;

beforeEach(() => {
  vi.useFakeTimers();
  listeners = new Set();
  parent.postMessage.mockClear();
  vi.stubGlobal('parent', parent);
  vi.stubGlobal('addEventListener', (_type: string, listener: () => void) => listeners.add(listener));
  vi.stubGlobal('removeEventListener', (_type: string, listener: () => void) => listeners.delete(listener));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const { port1: port } = new MessageChannel();
const GOOD = { source: parent, origin: ORIGINS[1], data: INIT, ports: [port] };
const hear = (event: object) => {
  for (const listener of listeners) listener({ ...GOOD, ...event });
};

test.each([
  ['another window than the parent', { source: {} }],
  ['nobody', { source: null }],
  ['an origin that is not listed', { origin: 'https://evil.example' }],
  ['an origin that only begins like one', { origin: 'https://ats.example.com.evil.example' }],
  ['an opaque origin', { origin: 'null' }],
  ['somebody without a port', { ports: [] }],
  ['another version', { data: { ...INIT, v: 2 } }],
  ['what is no init', { data: { in: 'hello', v: 1 } }],
])('WI12 the frame takes no port from %s', async (_who, event) => {
  const connecting = connect({ origins: ORIGINS });
  hear(event);
  expect(listeners.size).toBe(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await connecting).toBeNull();
  expect(listeners.size).toBe(0);
});

test('WI12 the frame says hello without a word about anybody until its parent answers, and then hears nobody else', async () => {
  const connecting = connect({ origins: ORIGINS });
  await vi.advanceTimersByTimeAsync(300);
  expect(parent.postMessage.mock.calls).toEqual(Array(3).fill([{ in: 'hello', v: 1 }, '*']));
  hear({});
  expect(await connecting).toMatchObject({ init: INIT });
  expect(listeners.size).toBe(0);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(parent.postMessage).toHaveBeenCalledTimes(3);
});
