import { CheckIcon } from '../elements/icons.tsx';
import type { Standing } from './codes.ts';
import css from './rail.module.css';
import { words } from './words.ts';

const REACHED: Readonly<Record<Standing, number>> = {
  'not-requested': 0,
  requested: 1,
  ready: 2,
  disabled: 2,
  action: 3,
  enabled: 3,
};

/** How far an integration is, and under the step that comes next, whose turn it is. */
export function Rail({ name, standing, ats }: { name: string; standing: Standing; ats: string }) {
  const reached = REACHED[standing];
  const turn = (() => {
    switch (standing) {
      case 'not-requested':
        return null;
      case 'requested':
        return words.turn.requested(ats);
      case 'action':
        return words.turn.action(ats);
      default:
        return words.turn[standing];
    }
  })();
  return (
    <ol className={css.rail} aria-label={words.stepsOf(name)} data-testid="rail">
      {words.steps.map((step, index) => {
        const isDone = index < reached;
        const isNext = index === Math.min(reached, words.steps.length - 1);
        return (
          <li
            key={step}
            className={css.step}
            data-done={isDone || undefined}
            aria-current={isNext ? 'step' : undefined}
          >
            <span className={css.dot}>{isDone ? <CheckIcon /> : index + 1}</span>
            <span className={css.label}>{step}</span>
            {isNext && turn && <span className={css.turn}>{turn}</span>}
          </li>
        );
      })}
    </ol>
  );
}
