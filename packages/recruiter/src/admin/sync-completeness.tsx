import type { Completeness as Facts } from '@carrick/protocol/sync-health';
import { exactTime } from '../elements/moment.ts';
import css from './admin-page.module.css';
import syncCss from './sync-health.module.css';
import { words as sync } from './sync-words.ts';

/** Years by kinds: what is here, beside what the ATS counted. It is a table, for everybody. */
export function Completeness({ completeness: { years, rows, countedAt } }: { completeness: Facts }) {
  const missing = rows
    .flatMap(({ cells }) => cells)
    .reduce((sum, { ours, theirs }) => sum + Math.max((theirs ?? 0) - ours, 0), 0);
  return (
    <section className={css.card} aria-labelledby="completeness" data-testid="completeness">
      <div className={css.cardHead}>
        <div>
          <h2 className={css.cardTitle} id="completeness">
            {sync.completeness}
          </h2>
          <p className={css.meta}>
            {sync.completenessFinding(missing, countedAt === null ? null : exactTime(countedAt))}
          </p>
        </div>
        {countedAt !== null && <p className={css.meta}>{sync.cellHint}</p>}
      </div>
      {years.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to reach it
        <section className={syncCss.matrix} aria-label={sync.matrix} tabIndex={0}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{sync.year}</th>
                {rows.map(({ kind }) => (
                  <th key={kind} scope="col">
                    {sync.kinds[kind]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {years.map((year, index) => (
                <tr key={year}>
                  <th scope="row">{year}</th>
                  {rows.map(({ kind, cells }) => {
                    const { ours = 0, theirs = null } = cells[index] ?? {};
                    const tone = theirs === null ? undefined : ours >= theirs ? 'good' : 'bad';
                    return (
                      <td key={kind} data-tone={tone}>
                        {sync.cell(ours, theirs)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
