import { expect, test } from 'vitest';
import { initials } from './initials.ts';

test.each([
  ['Mae Norris', 'MN'],
  ['Ana María Fernández de la Vega', 'AV'],
  ['山田 太郎', '山太'],
  ['محمد الفارسي', 'ما'],
  ['प्रिया शर्मा', 'प्रिश'],
  ['Cher', 'C'],
  ['øyvind åse', 'ØÅ'],
  ['“Bo” (Robert) Lee', 'L'],
  ['', ''],
])('UI75 the initials of %s are %s', (name, shown) => {
  expect(initials(name)).toBe(shown);
});
