import { expect, test } from 'vitest';
import { FakeClock, systemClock } from './clock.ts';

test('RU1 a fake clock stands still, goes forward when told, and never back', () => {
  const clock = new FakeClock(1_000);
  expect(clock.now()).toBe(1_000);
  clock.advance(250);
  expect(clock.now()).toBe(1_250);
  clock.set(5_000);
  expect(clock.now()).toBe(5_000);
  expect(() => clock.advance(-1)).toThrow(/forward/);
  expect(() => clock.advance(Number.NaN)).toThrow(/forward/);
  expect(() => clock.set(4_999)).toThrow(/forward/);
  expect(clock.now()).toBe(5_000);
});

test('RU1 the system clock counts epoch milliseconds', () => {
  expect(systemClock.now()).toBeGreaterThan(Date.UTC(2026, 0, 1));
});
