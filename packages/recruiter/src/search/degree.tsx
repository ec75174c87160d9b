import type { PersonRow } from '@carrick/protocol/recruiter';
import { messages } from '../messages.ts';
import css from './degree.module.css';

/** "· 3rd" beside a name: how far away this person is from the viewer. */
export function Degree({ degree }: Pick<PersonRow, 'degree'>) {
  if (degree === null) return null;
  return (
    <span className={css.degree}>
      <span aria-hidden="true">· {messages.person.degree[degree]}</span>
      <span className="visually-hidden">{messages.person.degreeLong[degree]}</span>
    </span>
  );
}
