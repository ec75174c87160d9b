import { named } from './codes.ts';
import css from './shared-data.module.css';
import { words } from './words.ts';

export type LevelName = 'company' | 'contract';

/** What flows, both ways, at these levels; and whose data it is. */
export function SharedData({ ats, levels }: { ats: string; levels: readonly LevelName[] }) {
  const there = levels.flatMap((level) => words.groups[level]);
  const back = levels.flatMap((level) => words.back[level]);
  return (
    <div className={css.shared} data-testid="shared-data">
      {there.length > 0 && <Direction caption={words.sharedOf(ats)} rows={there} ats={ats} />}
      {back.length > 0 && <Direction caption={words.sharedBack(ats)} rows={back} ats={ats} />}
      <p className={css.controller}>{words.controller}</p>
    </div>
  );
}

interface DirectionProps {
  readonly caption: string;
  readonly rows: readonly {
    readonly name: string;
    readonly fields: string;
    readonly optional: string | null;
    readonly use: string;
  }[];
  readonly ats: string;
}

function Direction({ caption, rows, ats }: DirectionProps) {
  return (
    <div>
      <h3 className={css.caption}>{caption}</h3>
      <dl className={css.rows}>
        {rows.map(({ name, fields, optional, use }) => (
          <div key={name} className={css.row}>
            <dt className={css.name}>{name}</dt>
            <dd>
              {fields}
              {optional && (
                <span className={css.muted}>
                  {' '}
                  · {words.optional}: {optional}
                </span>
              )}
              <span className={css.use}>{named(use, ats)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
