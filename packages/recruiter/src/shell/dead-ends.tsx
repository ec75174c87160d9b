import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { RequestFailure } from '../api/request.ts';
import { messages } from '../messages.ts';
import css from './dead-ends.module.css';

const words = messages.shell;

export function NotFound() {
  return (
    <main className={css.page}>
      <h1 className={css.title}>{words.notFound}</h1>
      <p>{words.notFoundHint}</p>
      <Link to="/search">{words.toSearch}</Link>
    </main>
  );
}

/** The last net: a fault of the app itself, or no server at the very start. */
export function Crash({ error }: ErrorComponentProps) {
  return (
    <main className={css.page}>
      <h1 className={css.title}>{words.crash}</h1>
      <p>
        {error instanceof RequestFailure && error.status === 0 ? messages.states.offline : words.crashHint}
      </p>
      <button type="button" className={css.reload} onClick={() => location.reload()}>
        {words.reload}
      </button>
    </main>
  );
}
