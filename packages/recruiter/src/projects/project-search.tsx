import { SearchIcon } from '../elements/icons.tsx';
import css from './pipeline.module.css';

/** A search field of a project: what it finds follows as one types. */
export function ProjectSearch({
  label,
  hint,
  text,
  setText,
}: {
  label: string;
  hint: string;
  text: string;
  setText(text: string): void;
}) {
  return (
    <div className={css.search}>
      <SearchIcon />
      <input
        className={css.input}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        aria-label={label}
        placeholder={hint}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}
