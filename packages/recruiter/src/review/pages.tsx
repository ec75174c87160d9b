import { Link } from '@tanstack/react-router';
import { BackIcon, ForwardIcon } from '../elements/icons.tsx';
import { words as all } from '../matches/words.ts';
import { messages } from '../messages.ts';
import type { MatchesAddress } from './matches-address.ts';
import css from './pages.module.css';

const words = messages.search;

interface PagesProps {
  address: MatchesAddress;
  answer: { readonly total: number; readonly page: number; readonly pageSize: number };
}

export function Pages({ address, answer: { total, page, pageSize } }: PagesProps) {
  if (total <= pageSize && page === 1) return null;
  const to = (number: number): MatchesAddress => {
    const { page: _, ...rest } = address;
    return number > 1 ? { ...rest, page: number } : rest;
  };
  return (
    <nav className={css.pages} aria-label={words.pages}>
      {page > 1 && (
        <Link className={css.step} to="/matches" search={to(page - 1)} rel="prev">
          <BackIcon />
          {words.previous}
        </Link>
      )}
      <span className={css.range}>
        {all.unlinked.page((page - 1) * pageSize + 1, Math.min(page * pageSize, total), total)}
      </span>
      {page * pageSize < total && (
        <Link className={css.step} to="/matches" search={to(page + 1)} rel="next">
          {words.next}
          <ForwardIcon />
        </Link>
      )}
    </nav>
  );
}
