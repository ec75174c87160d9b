import { useState } from 'react';
import button from '../elements/button.module.css';
import { messages } from '../messages.ts';
import css from './member-profile.module.css';

const FIRST = 11;

export function Skills({ skills }: { skills: readonly string[] }) {
  const [isLong, setLong] = useState(false);
  const shown = isLong ? skills : skills.slice(0, FIRST);
  return (
    <>
      <ul className={css.skills}>
        {shown.map((skill) => (
          <li key={skill} className={css.skill} dir="auto">
            {skill}
          </li>
        ))}
      </ul>
      {skills.length > FIRST && (
        <button type="button" className={button.text} aria-expanded={isLong} onClick={() => setLong(!isLong)}>
          {isLong ? messages.search.showFewer : messages.search.showMore(skills.length - FIRST)}
        </button>
      )}
    </>
  );
}
