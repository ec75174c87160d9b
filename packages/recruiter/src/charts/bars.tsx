import type { ReactNode } from 'react';
import css from './charts.module.css';

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Beside the bar: the number, and its share. */
  readonly said: string;
  readonly tone?: 'ats' | 'bad';
  readonly link?: ReactNode;
}

/** Bars with their numbers beside them, the longest the measure of the others. */
export function Bars({ bars, most }: { bars: readonly Bar[]; most: number }) {
  return (
    <ul className={css.bars}>
      {bars.map(({ name, value, said, tone, link }) => (
        <li key={name} className={css.bar} data-tone={tone}>
          <span className={css.barName}>{link ?? name}</span>
          <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect className={css.track} width="100" height="8" />
            <rect className={css.share} width={most === 0 ? 0 : (value / most) * 100} height="8" />
          </svg>
          <span className={css.said}>{said}</span>
        </li>
      ))}
    </ul>
  );
}
