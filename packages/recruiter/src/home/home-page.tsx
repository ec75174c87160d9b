import { type ComponentType, useEffect } from 'react';
import { News } from '../activities/news.tsx';
import { FirstSteps } from '../first-steps/first-steps.tsx';
import { messages, terms } from '../messages.ts';
import { RecentProjects } from '../projects/recent-projects.tsx';
import { SavedSearches } from '../search/saved-searches.tsx';
import css from './home-page.module.css';
import { WorthDoing } from './worth-doing.tsx';

const TITLE = messages.shell.home;

/** What the home page shows, in this order. A feature joins with a section of its own. */
const SECTIONS: readonly { readonly id: string; readonly Section: ComponentType }[] = [
  { id: 'first-steps', Section: FirstSteps },
  { id: 'worth-doing', Section: WorthDoing },
  { id: 'recent-projects', Section: RecentProjects },
  { id: 'saved-searches', Section: SavedSearches },
  { id: 'news', Section: News },
];

export function HomePage() {
  useEffect(() => {
    document.title = `${TITLE} · ${terms.product}`;
  }, []);
  return (
    <div className={css.page}>
      <h1 className={css.title}>{TITLE}</h1>
      {SECTIONS.map(({ id, Section }) => (
        <Section key={id} />
      ))}
    </div>
  );
}
