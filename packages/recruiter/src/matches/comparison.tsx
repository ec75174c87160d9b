import type { ComparedField } from '@carrick/protocol/recruiter';
import { CheckIcon } from '../elements/icons.tsx';
import { codeWords, fieldName } from './codes.ts';
import css from './comparison.module.css';
import { AlmostIcon, DiffersIcon } from './signs.tsx';
import { words as all } from './words.ts';

const words = all.compare;

interface ComparisonProps {
  fields: readonly ComparedField[];
  atsName: string;
}

/** Record and profile side by side; between them, by sign and word, whether they say the same. */
export function Comparison({ fields, atsName }: ComparisonProps) {
  const isSilent = ({ ats, verdict }: ComparedField) => ats.length === 0 && verdict === 'unknown';
  const silent = fields.filter(isSilent);
  return (
    <div>
      <table className={css.table}>
        <caption className="visually-hidden">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={css.field}>
              <span className="visually-hidden">{words.field}</span>
            </th>
            <th scope="col" className={css.ats}>
              {atsName}
            </th>
            <th scope="col">{words.profile}</th>
          </tr>
        </thead>
        <tbody>
          {fields
            .filter((field) => !isSilent(field))
            .map((field) => (
              <Row key={field.field} compared={field} />
            ))}
        </tbody>
      </table>
      {silent.length > 0 && (
        <p className={css.silent}>{words.notSent(silent.map(({ field }) => fieldName(field)))}</p>
      )}
    </div>
  );
}

function Row({ compared: { field, ats, member, verdict, level } }: { compared: ComparedField }) {
  const said = level === null ? words.verdicts[verdict] : codeWords(`${field}.${level}`);
  return (
    <tr data-verdict={verdict}>
      <th scope="row" className={css.field}>
        {fieldName(field)}
        {verdict !== 'unknown' && (
          <span className={css.verdict}>
            {verdict === 'agrees' ? <CheckIcon /> : verdict === 'similar' ? <AlmostIcon /> : <DiffersIcon />}
            {said}
          </span>
        )}
      </th>
      <td>
        <Values values={ats} nothing={words.nothing} />
      </td>
      <td>
        {member === null ? (
          <span className={css.hidden}>
            {ats.length === 0 ? words.hidden.unknown : words.hidden[verdict]}
          </span>
        ) : (
          <Values values={member} nothing={words.nothingHere} />
        )}
      </td>
    </tr>
  );
}

const MOST = 3;

function Values({ values, nothing }: { values: readonly string[]; nothing: string }) {
  if (values.length === 0) return <span className={css.hidden}>{nothing}</span>;
  return (
    <ul className={css.values}>
      {values.slice(0, MOST).map((value) => (
        <li key={value} dir="auto">
          {value}
        </li>
      ))}
      {values.length > MOST && <li className={css.hidden}>+{values.length - MOST}</li>}
    </ul>
  );
}
