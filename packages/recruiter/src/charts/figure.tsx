import { csvLine } from '@carrick/protocol/csv';
import { type ReactNode, useId, useState } from 'react';
import button from '../elements/button.module.css';
import css from './charts.module.css';
import { words } from './words.ts';

/** What a picture shows, for those who would rather read it: the same numbers. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface FigureProps {
  /** What the picture is of, and the sentence that it proves. */
  readonly title: string;
  readonly finding: string;
  readonly table: Table;
  readonly children: ReactNode;
}

/** A picture with its finding in words, and the way to its numbers. */
export function Figure({ title, finding, table, children }: FigureProps) {
  const [isTable, setTable] = useState(false);
  const id = useId();
  return (
    <figure className={css.figure} aria-labelledby={id}>
      <figcaption className={css.caption}>
        <div>
          <h3 className={css.title} id={id}>
            {title}
          </h3>
          <p className={css.finding}>{finding}</p>
        </div>
        <div className={css.ways}>
          <button
            type="button"
            className={button.text}
            aria-pressed={isTable}
            aria-label={words.asTableOf(title)}
            onClick={() => setTable(!isTable)}
          >
            {words.asTable}
          </button>
          {isTable && (
            <a
              className={button.text}
              href={fileOf(table)}
              download={`${title}.csv`}
              aria-label={words.csvOf(title)}
            >
              {words.csv}
            </a>
          )}
        </div>
      </figcaption>
      {isTable ? <Numbers table={table} label={title} /> : children}
    </figure>
  );
}

/** The numbers as they stand in the table. The mark at its beginning tells spreadsheets that it is UTF-8. */
const fileOf = ({ head, rows }: Table): string =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${[head, ...rows].map(csvLine).join('')}`)}`;

function Numbers({ table: { head, rows }, label }: { table: Table; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to reach it
    <section className={css.numbers} aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((each) => (
              <th key={each} scope="col">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first = '', ...cells]) => (
            <tr key={first}>
              <th scope="row">{first}</th>
              {cells.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row has a fixed order of columns
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
