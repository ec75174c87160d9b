import css from './admin-page.module.css';
import { words } from './words.ts';

/** How far back the page looks. */
export function RangeFilter({ hours, choose }: { hours: number; choose(hours: number): void }) {
  return (
    <label>
      {words.range}
      <select className={css.select} value={hours} onChange={(event) => choose(Number(event.target.value))}>
        {Object.entries(words.ranges).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
