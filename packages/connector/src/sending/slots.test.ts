import { expect, test } from 'vitest';
import { Slots } from './slots.ts';

test('CO38 however many are ailing, the others find a place, and places are given back once', async () => {
  const slots = new Slots(4);
  const ailing = await slots.take(true);
  let second = false;
  const waiting = slots.take(true).then((leave) => {
    second = true;
    return leave;
  });
  const others = [await slots.take(false), await slots.take(false), await slots.take(false)];
  expect(second).toBe(false);
  others[0]?.();
  others[0]?.();
  const third = await slots.take(false);
  ailing();
  (await waiting)();
  expect(second).toBe(true);
  third();
});
