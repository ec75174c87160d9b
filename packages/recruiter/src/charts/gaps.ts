/** A run of spans without a call, from the first of them to behind the last. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Silences of at least so many spans; before the first call nobody was silent. */
export function gapsIn(calls: readonly number[], least: number): Gap[] {
  const gaps: Gap[] = [];
  let from = -1;
  const first = calls.findIndex((count) => count > 0);
  if (first < 0) return [];
  for (let span = first; span <= calls.length; span++) {
    const isSilent = span < calls.length && calls[span] === 0;
    if (isSilent && from < 0) from = span;
    if (isSilent || from < 0) continue;
    if (span - from >= least) gaps.push({ from, to: span });
    from = -1;
  }
  return gaps;
}
