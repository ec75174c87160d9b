import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openFrame, type WidgetFrame } from './widget-frame.ts';

const BASE = 'https://carrick.example.com';
const HELLO = { in: 'hello', v: 1 };
const sent = vi.fn<(message: unknown, target: string, ports: readonly MessagePort[]) => void>();
const contentWindow = { postMessage: sent };
const style = { height: '', setProperty: () => {} };
const onlink = vi.fn();
const onintegrate = vi.fn();
let frame: WidgetFrame;

/** As much of a page as the loader touches. */
function element(): object {
  return { style, contentWindow, setAttribute() {}, append() {}, remove() {}, isConnected: true };
}
const tag = {
  dataset: { atsCandidateId: 'C1', onlink: 'onlink', onintegrate: 'onintegrate' },
  isConnected: true,
  before() {},
  dispatchEvent() {},
};

beforeEach(() => {
  for (const spy of [sent, onlink, onintegrate]) spy.mockClear();
  vi.stubGlobal('document', { createElement: element });
  vi.stubGlobal('window', { onlink, onintegrate });
  const place = { base: BASE, apiKey: 'key', lang: 'en' };
  frame = openFrame(tag as unknown as HTMLScriptElement, 'hcm', place); // what the loader uses of one
});
afterEach(() => vi.unstubAllGlobals());

const hear = (event: object) =>
  frame.hear({ source: contentWindow, origin: BASE, data: HELLO, ...event } as unknown as MessageEvent); // the fields that are read

test.each([
  ['another window', { source: { postMessage: sent } }],
  ['our frame, when something else is in it', { origin: 'https://evil.example' }],
  ['an opaque origin', { origin: 'null' }],
  ['a greeting of another version', { data: { in: 'hello', v: 2 } }],
  ['a message that belongs on the port', { data: { in: 'resize', h: 7 } }],
])('WI12 the loader answers no %s', (_who, event) => {
  hear(event);
  expect(sent).not.toHaveBeenCalled();
});

test('WI8 WI12 the loader answers its own frame on its own host, without callbacks among the data, and drops what a kind does not have', async () => {
  hear({});
  const [message, target, ports] = sent.mock.calls[0] ?? [];
  const [port] = ports ?? [];
  expect([message, target]).toEqual([{ in: 'init', v: 1, data: { atsCandidateId: 'C1' } }, BASE]);
  if (!port) throw new Error('no port was sent');
  port.postMessage({ in: 'resize', h: 90_000 });
  port.postMessage({ in: 'onintegrate', integrations: [] });
  port.postMessage({ in: 'onlink', person: 7 });
  port.postMessage({ in: 'onlink', person: 'urn:li:person:x' });
  await vi.waitFor(() => expect(onlink).toHaveBeenCalled());
  expect(onlink.mock.calls).toEqual([['urn:li:person:x']]);
  expect(onintegrate).not.toHaveBeenCalled();
  expect(style.height).toBe('20000px');
  frame.remove();
  port.close();
});
