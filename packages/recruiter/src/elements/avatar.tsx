import { useState } from 'react';
import css from './avatar.module.css';
import { initials } from './initials.ts';

/** The person's picture; without one, or when it does not load, the initials. The name always stands beside it. */
export function Avatar({
  name,
  url,
  size,
}: {
  name: string;
  url: string | null;
  size: 'row' | 'line' | 'page';
}) {
  const [isBroken, setBroken] = useState(false);
  return (
    // The initials are drawn by the style sheet: decoration, and not part of any text.
    <span className={`${css.avatar} ${css[size]}`} data-initials={initials(name)} aria-hidden="true">
      {url && !isBroken && (
        <img className={css.picture} src={url} alt="" loading="lazy" onError={() => setBroken(true)} />
      )}
    </span>
  );
}
