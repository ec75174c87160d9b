import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { HttpRequest } from './http.ts';
import { Pace, slices } from './pace.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

// The handler below reads nothing of it.
const REQUEST = {} as HttpRequest;

function open(): { pace: Pace; begin(): { end(): Promise<void> } } {
  const pace = new Pace();
  const ends: (() => void)[] = [];
  const [route] = pace.watch([
    {
      method: 'GET',
      path: '/slow',
      handler: () => new Promise((resolve) => ends.push(() => resolve({ status: 204 }))),
    },
  ]);
  return {
    pace,
    begin() {
      const answered = route!.handler(REQUEST);
      return {
        async end() {
          ends.shift()?.();
          await answered;
        },
      };
    },
  };
}

it('MA46 background work waits for requests in flight and the moment behind them, a second at most', async () => {
  const { pace, begin } = open();
  await pace.turn(); // nothing in flight
  const taken: string[] = [];
  const request = begin();
  const second = pace.turn().then(() => taken.push('after a second'));
  await vi.advanceTimersByTimeAsync(900);
  expect(taken).toEqual([]);
  await vi.advanceTimersByTimeAsync(120);
  await second;
  expect(taken).toEqual(['after a second']);

  const third = pace.turn().then(() => taken.push('when quiet'));
  await vi.advanceTimersByTimeAsync(100);
  expect(taken).toHaveLength(1);
  await request.end();
  await vi.advanceTimersByTimeAsync(60);
  expect(taken).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(80);
  await third;
  expect(taken).toEqual(['after a second', 'when quiet']);
});

it('MA46 long work gives way to what is waiting for the thread when a slice is over, and not before', async () => {
  let hasWaited = true;
  setImmediate(() => {
    hasWaited = false;
  });
  const slice = slices();
  await slice();
  expect(hasWaited).toBe(true);
  vi.advanceTimersByTime(3);
  await slice();
  expect(hasWaited).toBe(false);
});
