import type { Me, PersonRow } from '@carrick/protocol/recruiter';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { exportPersonOf } from '../export/export-person.ts';
import { openExport } from '../export/open-export.ts';
import { SELECTION_ACTIONS } from '../person-actions/selection-actions.tsx';
import { openSave } from '../projects/open-save.ts';
import { words as all } from '../projects/words.ts';
import { useSingleKey } from '../shell/single-key.ts';
import { ROW_LINK } from './row-keys.ts';
import css from './selection.module.css';

const words = all.save;

/** Who is selected among the people on the page. */
export interface Selection {
  readonly people: readonly PersonRow[];
  has(id: string): boolean;
  toggle(id: string): void;
  clear(): void;
}

/** Who leaves the page, by paging or by another search, is no longer selected. `x` selects, `s` saves, `e` exports: the selected, else the focused row's. */
export function useSelection(shown: readonly PersonRow[], me: Me): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const people = shown.filter(({ id }) => ids.has(id));
  const toggle = (id: string) => {
    const next = new Set(people.map((person) => person.id));
    if (!next.delete(id)) next.add(id);
    setIds(next);
  };
  const chosen = () => (people.length > 0 ? people : shown.filter(({ id }) => id === focusedId()));
  useSingleKey('x', () => {
    const focused = shown.find(({ id }) => id === focusedId());
    if (focused) toggle(focused.id);
  });
  useSingleKey('s', () => openSave(chosen()));
  useSingleKey('e', () => {
    if (me.exportAtss.length > 0 && chosen().some(({ isExportable }) => isExportable))
      openExport(chosen().map(exportPersonOf));
  });
  return { people, has: (id) => ids.has(id), toggle, clear: () => setIds(new Set()) };
}

export function focusedId(): string | null {
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
    <section className={css.bar} aria-label={words.bar}>
      <p role="status">{words.selected(people.length)}</p>
      {SELECTION_ACTIONS.map(({ id, Action }) => (
        <Action key={id} people={people} me={me} />
      ))}
      <button type="button" className={`${button.button} ${button.quiet}`} onClick={clear}>
        {words.clear}
      </button>
    </section>
  );
}
