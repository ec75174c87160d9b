import { Link, useCanGoBack, useRouter } from '@tanstack/react-router';
import { BackIcon } from '../elements/icons.tsx';
import { messages } from '../messages.ts';
import css from './back-to-results.module.css';

/** Goes back to the search one came from, with its place in the list; else begins one. */
export function BackToResults() {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  return (
    <Link
      className={css.back}
      to="/search"
      onClick={(event) => {
        if (!canGoBack || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        router.history.back();
      }}
    >
      <BackIcon />
      {messages.profile.back}
    </Link>
  );
}
