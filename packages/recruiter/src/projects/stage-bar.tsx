import type { ProjectStage } from '@carrick/protocol/recruiter';
import css from './stage-bar.module.css';
import { words } from './words.ts';

/** How many people stand in each stage: one strip for each stage that has any, as wide as its share. Read out as a list. */
export function StageBar({
  stages,
  isLabelled = false,
}: {
  stages: readonly ProjectStage[];
  isLabelled?: boolean;
}) {
  const total = stages.reduce((sum, { count }) => sum + count, 0);
  const filled = stages.filter(({ count }) => count > 0);
  if (total === 0) return <p className={css.nobody}>{words.bar.nobody}</p>;
  return (
    <div className={css.bar}>
      <div className={css.strips} aria-hidden="true">
        {filled.map(({ no, count, name }) => (
          <span
            key={no}
            className={css.strip}
            data-depth={Math.min(
              stages.findIndex((stage) => stage.no === no),
              5,
            )}
            ref={(strip) => strip?.style.setProperty('flex-grow', String(count))}
            title={words.bar.stage(name, count)}
          >
            {count}
          </span>
        ))}
      </div>
      <ul className={isLabelled ? css.labels : 'visually-hidden'}>
        {filled.map(({ no, name, count }) => (
          <li key={no}>{words.bar.stage(name, count)}</li>
        ))}
      </ul>
    </div>
  );
}
