import button from '../elements/button.module.css';
import css from './admin-page.module.css';
import { words } from './words.ts';

interface PagingProps<Position> {
  readonly isFirst: boolean;
  /** Where the older ones begin; null at the end. */
  readonly next: Position | null;
  goTo(position: Position | null): void;
}

/** Back to the newest, and on to the older ones. */
export function Paging<Position>({ isFirst, next, goTo }: PagingProps<Position>) {
  return (
    <div className={css.actions}>
      {!isFirst && (
        <button type="button" className={button.button} onClick={() => goTo(null)}>
          {words.newest}
        </button>
      )}
      {next !== null && (
        <button type="button" className={button.button} onClick={() => goTo(next)}>
          {words.older}
        </button>
      )}
    </div>
  );
}
