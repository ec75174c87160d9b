import type { AtsFeedback, AtsNote } from '@carrick/protocol/recruiter';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { Time } from '../elements/time.tsx';
import { messages } from '../messages.ts';
import { excerpt } from './excerpt.ts';
import css from './remarks.module.css';

const words = messages.atsTab;
const SHOWN_CHARACTERS = 320;

interface RemarksProps {
  remarks: readonly (AtsNote | AtsFeedback)[];
  isFresh(id: string): boolean;
}

/** What colleagues wrote, notes and interview feedback alike. Their text is text: markup in it is shown, not obeyed. */
export function Remarks({ remarks, isFresh }: RemarksProps) {
  return (
    <ul className={css.remarks}>
      {remarks.map((remark) => (
        <Remark key={remark.id} remark={remark} isFresh={isFresh(remark.id)} />
      ))}
    </ul>
  );
}

function Remark({ remark, isFresh }: { remark: AtsNote | AtsFeedback; isFresh: boolean }) {
  const { author, at, text } = remark;
  const stage =
    remark.stage ??
    ('interviewType' in remark && remark.interviewType ? words.interview[remark.interviewType] : null);
  return (
    <li className={css.remark} data-fresh={isFresh || undefined} data-testid="remark">
      <p className={css.head}>
        <span className={css.author} dir="auto">
          {author ?? words.noAuthor}
        </span>
        {isFresh && <span className={css.new}>{words.fresh}</span>}
      </p>
      {(stage || at !== null) && (
        <p className={css.when}>
          {stage && <bdi>{stage}</bdi>}
          {stage && at !== null && ' · '}
          {at !== null && <Time at={at} />}
        </p>
      )}
      <RemarkText text={text} />
      {'evaluations' in remark && remark.evaluations.length > 0 && (
        <dl className={css.evaluations} aria-label={words.evaluations}>
          {remark.evaluations.map(({ attribute, result }) => (
            <div key={attribute} className={css.evaluation}>
              <dt dir="auto">{attribute}</dt>
              {result && <dd dir="auto">{result}</dd>}
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function RemarkText({ text }: { text: string }) {
  const [isLong, setLong] = useState(false);
  const short = excerpt(text, SHOWN_CHARACTERS);
  return (
    <>
      <p className={css.text} dir="auto">
        {isLong || short === null ? text : short}
      </p>
      {short !== null && (
        <button type="button" className={button.text} aria-expanded={isLong} onClick={() => setLong(!isLong)}>
          {isLong ? words.viewLess : words.viewMore}
        </button>
      )}
    </>
  );
}
