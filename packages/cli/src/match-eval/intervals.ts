/** Both ends of the 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const Z = 1.959963984540054;
const TAIL = 0.025;

/** Of a share: Wilson's score interval, which stays sound near 0 and 1. */
export function shareInterval(hits: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = hits / of;
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return {
    low: hits === 0 ? 0 : Math.max(0, centre - half),
    high: hits === of ? 1 : Math.min(1, centre + half),
  };
}

/** Of a rare count: Poisson, exact (Garwood). None seen still allows 3.69. */
export function countInterval(count: number): Interval {
  const low = count === 0 ? 0 : solve((mean) => 1 - poissonUpTo(count - 1, mean), TAIL, count);
  return { low, high: solve((mean) => 1 - poissonUpTo(count, mean), 1 - TAIL, count + 1) };
}

/** Where the rising function reaches the level. */
function solve(rising: (mean: number) => number, level: number, near: number): number {
  let low = 0;
  let high = near;
  while (rising(high) < level) high = high * 2 + 1;
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X ≤ count), as the upper regularised gamma function Q(count + 1, mean). */
function poissonUpTo(count: number, mean: number): number {
  if (mean <= 0) return 1;
  const a = count + 1;
  const scale = Math.exp(a * Math.log(mean) - mean - logGamma(a));
  if (mean < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-16; n++) {
      term *= mean / (a + n);
      sum += term;
    }
    return 1 - scale * sum;
  }
  // Lentz's continued fraction.
  let b = mean + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 100_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    h *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return scale * h;
}

/** Stirling's series, moved up to where it is exact to the last digit. */
function logGamma(value: number): number {
  let x = value;
  let product = 0;
  while (x < 10) product -= Math.log(x++);
  const square = 1 / (x * x);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / x;
  return product + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}
