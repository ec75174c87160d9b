import { Link, useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import css from './help-page.module.css';
import { words } from './words.ts';

/** Activation, exporting, data use and common questions: a page to read, each answer with an address of its own. */
export function HelpPage() {
  const { me } = useRouteContext({ from: '/shell' });
  useEffect(() => {
    document.title = words.page(words.title);
  }, []);
  return (
    <div className={css.page}>
      <header>
        <h1 className={css.title}>{words.title}</h1>
        <p className={css.lead}>
          {words.lead}{' '}
          {me.isAdmin && (
            <Link to="/admin/$section" params={{ section: 'ats' }} search={{}}>
              {words.toAdmin}
            </Link>
          )}
        </p>
      </header>
      <nav aria-label={words.contents}>
        <ul className={css.contents}>
          {Object.entries(words.sections).map(([id, { title }]) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      {Object.entries(words.sections).map(([id, { title, questions }]) => (
        <section key={id} id={id} className={css.card} aria-labelledby={`${id}-title`}>
          <h2 id={`${id}-title`} className={css.heading}>
            {title}
          </h2>
          {Object.entries(questions).map(([key, { q, a }]) => (
            <div key={key} className={css.answer}>
              <h3 className={css.question}>{q}</h3>
              <p className={css.text}>{a}</p>
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}
