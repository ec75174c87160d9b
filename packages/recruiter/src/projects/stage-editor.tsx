import button from '../elements/button.module.css';
import field from '../elements/field.module.css';
import { ChevronIcon, CloseIcon } from '../elements/icons.tsx';
import css from './project-settings.module.css';
import { words as all } from './words.ts';

const words = all.settings;
const MOST_STAGES = 20;

export interface EditedStage {
  /** Stays with the line while it is moved and renamed. */
  readonly key: string;
  /** Null: new. */
  readonly no: number | null;
  readonly name: string;
}

let added = 0;

/** The stages in their order: renamed in place, moved by buttons, so that no drag is needed. */
export function StageEditor({
  stages,
  setStages,
}: {
  stages: readonly EditedStage[];
  setStages(stages: readonly EditedStage[]): void;
}) {
  const swap = (index: number, by: 1 | -1) => {
    const [moved, other] = [stages[index], stages[index + by]];
    if (moved && other)
      setStages(stages.map((stage) => (stage === moved ? other : stage === other ? moved : stage)));
  };
  return (
    <section className={css.card} aria-labelledby="settings-stages">
      <h2 id="settings-stages" className={css.title}>
        {words.stages}
      </h2>
      <p className={css.muted}>{words.stagesHint}</p>
      <ol className={css.stages}>
        {stages.map((stage, index) => (
          <li key={stage.key} className={css.stage}>
            <input
              className={field.input}
              maxLength={120}
              aria-label={words.stageName(index + 1)}
              placeholder={words.newStage}
              value={stage.name}
              onChange={({ target }) =>
                setStages(stages.map((each) => (each === stage ? { ...each, name: target.value } : each)))
              }
            />
            <button
              type="button"
              className={`${button.button} ${button.quiet} ${button.icon} ${css.up}`}
              aria-label={words.up(stage.name)}
              aria-disabled={index === 0 || undefined}
              onClick={() => swap(index, -1)}
            >
              <ChevronIcon />
            </button>
            <button
              type="button"
              className={`${button.button} ${button.quiet} ${button.icon}`}
              aria-label={words.down(stage.name)}
              aria-disabled={index === stages.length - 1 || undefined}
              onClick={() => swap(index, 1)}
            >
              <ChevronIcon />
            </button>
            <button
              type="button"
              className={`${button.button} ${button.quiet} ${button.icon}`}
              aria-label={words.remove(stage.name)}
              aria-disabled={stages.length === 1 || undefined}
              onClick={() => stages.length > 1 && setStages(stages.filter((each) => each !== stage))}
            >
              <CloseIcon />
            </button>
          </li>
        ))}
      </ol>
      {stages.length < MOST_STAGES && (
        <button
          type="button"
          className={`${button.button} ${css.add}`}
          onClick={() => setStages([...stages, { key: `a${++added}`, no: null, name: '' }])}
        >
          {words.add}
        </button>
      )}
    </section>
  );
}
