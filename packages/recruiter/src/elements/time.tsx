import { day, exactTime } from './moment.ts';

/** A date in words, its exact time for machines and on pointing. */
export function Time({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {day(at)}
    </time>
  );
}
