import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { callAll } from './callbacks.ts';

const calls: unknown[][] = [];
const record =
  (name: string) =>
  (...given: unknown[]) =>
    calls.push([name, ...given]);
class Inherited {
  link = record('own');
  fromClass() {
    calls.push(['class']);
  }
}
const page = {
  link: record('link'),
  app: { link: record('app.link') },
  one: new Inherited(),
  secret: 'text',
};

beforeEach(() => {
  calls.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal('window', page);
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('WI8 L-046 every named function of the page is called, by its dotted path, with what happened, in a task of its own', () => {
  callAll('link, app.link ,one.link', 'urn:li:person:x');
  expect(calls).toEqual([]);
  vi.runAllTimers();
  expect(calls).toEqual([
    ['link', 'urn:li:person:x'],
    ['app.link', 'urn:li:person:x'],
    ['own', 'urn:li:person:x'],
  ]);
  callAll(undefined, 'x');
  expect(console.warn).not.toHaveBeenCalled();
});

test.each([
  'missing',
  'alert(1)',
  'link()',
  'app["link"]',
  'secret',
  'secret.length',
  'app.missing.link',
  'constructor',
  'constructor.constructor',
  '__proto__.toString',
  'one.fromClass',
  'eval',
  'setTimeout',
  'Function',
])('WI8 a name that is no function of the page’s own calls nothing and is noted: %s', (name) => {
  callAll(name, 'urn:li:person:x');
  vi.runAllTimers();
  expect(calls).toEqual([]);
  expect(console.warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(name));
});
