/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let best = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (before[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    before = above;
    above = current;
  }
  return above[b.length] ?? 0;
}

/** Is the distance 0 or 1? Without a table: what is in front and behind the first difference must be the same. */
export function isWithinOne(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (at === short.length) return true;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return (
    short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
  );
}

/** Is the distance at most 2? Nothing is stored of cells that are further from the diagonal than that. */
export function isWithinTwo(a: string, b: string): boolean {
  const [columns, rows] = [b.length, a.length];
  if (Math.abs(columns - rows) > 2) return false;
  let [before, above, current] = ROWS;
  if (columns >= above.length) return editDistance(a, b) <= 2;
  for (let column = 0; column <= Math.min(columns, 2); column++) above[column] = column;
  for (let row = 1; row <= rows; row++) {
    const first = Math.max(1, row - 2);
    const last = Math.min(columns, row + 2);
    // What lies beside the band is further away than anybody asks.
    current[first - 1] = first === 1 ? row : FAR;
    if (row + 2 <= columns) above[row + 2] = FAR;
    let least = first === 1 ? row : FAR;
    for (let column = first; column <= last; column++) {
      const isSame = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let best = Math.min(
        (above[column] ?? FAR) + 1,
        (current[column - 1] ?? FAR) + 1,
        (above[column - 1] ?? FAR) + (isSame ? 0 : 1),
      );
      const isSwap =
        row > 1 &&
        column > 1 &&
        a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
      if (isSwap) best = Math.min(best, (before[column - 2] ?? FAR) + 1);
      current[column] = best;
      if (best < least) least = best;
    }
    // A swap reaches over one row, at a price of 1.
    if (least > 3) return false;
    [before, above, current] = [above, current, before];
  }
  return (above[columns] ?? FAR) <= 2;
}

const FAR = 9;
const ROWS: readonly [Uint8Array, Uint8Array, Uint8Array] = [
  new Uint8Array(64),
  new Uint8Array(64),
  new Uint8Array(64),
];
