import type { SearchAnswer } from '@carrick/protocol/recruiter';
import { Link } from '@tanstack/react-router';
import { BackIcon, ForwardIcon } from '../elements/icons.tsx';
import { messages } from '../messages.ts';
import { pageNumbers } from './page-numbers.ts';
import css from './paging.module.css';
import { type SearchAddress, tidy } from './search-address.ts';
import { words as own } from './words.ts';

const words = messages.search;
/** Who wants more should narrow the search: the API's last page. */
export const LAST_PAGE = 40;

export function Paging({ address, answer }: { address: SearchAddress; answer: SearchAnswer }) {
  const { total, page, pageSize, people } = answer;
  const pageCount = Math.min(Math.ceil(total / pageSize), LAST_PAGE);
  if (pageCount < 2) return null;
  const to = (number: number) => tidy({ ...address, page: number });
  const from = (page - 1) * pageSize + 1;
  return (
    <nav className={css.paging} aria-label={words.pages}>
      <p className={css.range}>{words.range(from, from + people.length - 1, total)}</p>
      {page === LAST_PAGE && total > LAST_PAGE * pageSize && <p className={css.range}>{own.endOfReach}</p>}
      <ul className={css.pages}>
        {page > 1 && (
          <li>
            <Link className={css.step} to="/search" search={to(page - 1)} rel="prev">
              <BackIcon />
              {words.previous}
            </Link>
          </li>
        )}
        {pageNumbers(page, pageCount).map((number, index) =>
          number === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a gap has nothing but its place
            <li key={`gap ${index}`} className={css.gap} aria-hidden="true">
              …
            </li>
          ) : (
            <li key={number} className={css.numbered}>
              <Link
                className={css.page}
                to="/search"
                search={to(number)}
                aria-label={words.page(number)}
                aria-current={number === page ? 'page' : undefined}
                activeProps={{}}
              >
                {number}
              </Link>
            </li>
          ),
        )}
        {page < pageCount && (
          <li>
            <Link className={css.step} to="/search" search={to(page + 1)} rel="next">
              {words.next}
              <ForwardIcon />
            </Link>
          </li>
        )}
      </ul>
    </nav>
  );
}
