import button from '../elements/button.module.css';
import css from './admin-page.module.css';
import { words } from './words.ts';

/** One code of a list, or all, and the list as a file under the same filter. */
export function ListFilter<Code extends string>({
  label,
  all,
  names,
  codes,
  chosen,
  choose,
  file,
}: {
  readonly label: string;
  readonly all: string;
  readonly names: Readonly<Record<Code, string>>;
  readonly codes: readonly Code[];
  readonly chosen: Code | null;
  readonly choose: (code: Code | null) => void;
  readonly file: string;
}) {
  return (
    <div className={css.filters}>
      <label>
        {label}
        <select
          className={css.select}
          value={chosen ?? ''}
          onChange={(event) => choose(codes.find((each) => each === event.target.value) ?? null)}
        >
          <option value="">{all}</option>
          {codes.map((each) => (
            <option key={each} value={each}>
              {names[each]}
            </option>
          ))}
        </select>
      </label>
      <a className={button.button} href={file} download>
        {words.csv}
      </a>
    </div>
  );
}
