import type { Me, PersonRow } from '@carrick/protocol/recruiter';
import { useState } from 'react';
import { openActivity } from '../activities/open-activity.ts';
import { openComposer } from '../conversations/open-composer.ts';
import button from '../elements/button.module.css';
import { exportPersonOf } from '../export/export-person.ts';
import { openExport } from '../export/open-export.ts';
import { messages, terms } from '../messages.ts';
import { useSingleKey } from '../shell/single-key.ts';
import { ROW_LINK } from './row-keys.ts';
import css from './selection.module.css';

const words = messages.export;

/** Who is selected among the people on the page. */
export interface Selection {
  readonly people: readonly PersonRow[];
  has(id: string): boolean;
  toggle(id: string): void;
  clear(): void;
}

/** Who leaves the page, by paging or by another search, is no longer selected. `x` selects, `e` exports: the selected, else the focused row's. */
export function useSelection(shown: readonly PersonRow[], me: Me): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const people = shown.filter(({ id }) => ids.has(id));
  const toggle = (id: string) => {
    const next = new Set(people.map((person) => person.id));
    if (!next.delete(id)) next.add(id);
    setIds(next);
  };
  const mayExport = me.exportAtss.length > 0;
  useSingleKey('x', () => {
    const id = focusedId();
    if (mayExport && id !== null) toggle(id);
  });
  useSingleKey('e', () => {
    const focused = shown.filter(({ id }) => id === focusedId() && !ids.has(id));
    const chosen = people.length > 0 ? people : focused;
    if (mayExport && chosen.some(({ isExportable }) => isExportable)) openExport(chosen.map(exportPersonOf));
  });
  return { people, has: (id) => ids.has(id), toggle, clear: () => setIds(new Set()) };
}

function focusedId(): string | null {
  const row = document.activeElement?.closest('[data-row]');
  return row?.querySelector(`[${ROW_LINK}]`)?.getAttribute(ROW_LINK) ?? null;
}

export function SelectBox({ person, selection }: { person: PersonRow; selection: Selection }) {
  return (
    <input
      type="checkbox"
      className={css.box}
      checked={selection.has(person.id)}
      onChange={() => selection.toggle(person.id)}
      aria-label={words.select(person.name)}
    />
  );
}

/** Stands at the foot of the window while somebody is selected. */
export function SelectionBar({ selection, me }: { selection: Selection; me: Me }) {
  const { people, clear } = selection;
  if (people.length === 0) return null;
  return (
    <section className={css.bar} aria-label={words.selection}>
      <p role="status">{words.selected(people.length)}</p>
      {people.some(({ isExportable }) => isExportable) && (
        <button
          type="button"
          className={`${button.button} ${button.primary}`}
          onClick={() => openExport(people.map(exportPersonOf))}
        >
          {words.action(me.exportLabel)}
        </button>
      )}
      <button type="button" className={button.button} onClick={() => openComposer(people)}>
        {terms.message}
      </button>
      <button
        type="button"
        className={button.button}
        onClick={({ currentTarget }) => openActivity('tag', people, currentTarget)}
      >
        {messages.person.add.tag}
      </button>
      <button type="button" className={`${button.button} ${button.quiet}`} onClick={clear}>
        {words.clear}
      </button>
    </section>
  );
}
