import type { WidgetMember, WidgetProjects, WidgetSaved, WidgetSaveRequest } from '@carrick/protocol';
import { useEffect, useState } from 'preact/hooks';
import type { Desk } from './desk.ts';
import { Panel } from './elements.tsx';

/** More are found by their name. */
const MOST_SHOWN = 8;

export function SaveToProject({ person, desk, close }: { person: WidgetMember; desk: Desk; close(): void }) {
  const { words, frame, say, reload, attempt } = desk;
  const [known, setKnown] = useState<WidgetProjects | null>(null);
  const [text, setText] = useState('');
  const [isSaving, setSaving] = useState(false);
  const { id: personId, name } = person;
  useEffect(() => {
    void attempt(async () =>
      setKnown(await frame.api.post<WidgetProjects>('profile/projects', { personId })),
    );
  }, [frame, personId, attempt]);

  const save = async (project: WidgetSaveRequest['project']) => {
    setSaving(true);
    const isDone = await attempt(async () => {
      const { title, isAlready } = await frame.api.post<WidgetSaved>('profile/save', { personId, project });
      say({ text: isAlready ? words.savedAlready(name, title) : words.saved(name, title) });
      await reload();
    });
    setSaving(false);
    if (isDone) close();
  };

  const wanted = text.trim().toLowerCase();
  const found = (known?.projects ?? []).filter(({ title }) => title.toLowerCase().includes(wanted));
  const isNew = wanted !== '' && !found.some(({ title }) => title.toLowerCase() === wanted);
  return (
    <Panel id="panel-save" title={words.saveTitle(name)} close={close}>
      <label class="field">
        {words.saveSearch}
        <input
          value={text}
          maxLength={120}
          disabled={isSaving}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <ul class="choices" aria-busy={known === null}>
        {found.slice(0, MOST_SHOWN).map(({ id, title, isPrivate }) => (
          <li key={id}>
            <button type="button" class="choice" disabled={isSaving} onClick={() => void save({ id })}>
              {title}
              <span class="muted">
                {isPrivate && ` · ${words.isPrivate}`}
                {known?.savedIn.includes(id) && ` · ${words.isSaved}`}
              </span>
            </button>
          </li>
        ))}
        {isNew && (
          <li>
            <button
              type="button"
              class="choice"
              disabled={isSaving}
              onClick={() => void save({ title: text.trim() })}
            >
              {words.saveNew(text.trim())}
            </button>
          </li>
        )}
      </ul>
      <p class="muted" role="status">
        {known && hintOf(known.projects.length, found.length, wanted, words)}
      </p>
      <button type="button" class="button" onClick={close}>
        {words.cancel}
      </button>
    </Panel>
  );
}

function hintOf(all: number, found: number, wanted: string, words: Desk['words']): string {
  if (all === 0 && wanted === '') return `${words.saveEmpty} ${words.saveNewHint}`;
  if (found === 0) return words.saveNone;
  return wanted === '' ? words.saveNewHint : '';
}
