import type { PersonRow, WidgetFindAnswer, WidgetProfileAnswer } from '@carrick/protocol';
import { useState } from 'preact/hooks';
import { isDeliberate } from '../frame/settled.ts';
import { type Desk, decide } from './desk.ts';
import { Avatar, Block } from './elements.tsx';
import { RecordFacts } from './record.tsx';

/** Nobody is linked with the record: who may be, and a search for the right one. */
export function Find({
  answer: { record, possible, canDecide, ats },
  desk,
}: {
  answer: Extract<WidgetProfileAnswer, { state: 'unmatched' }>;
  desk: Desk;
}) {
  const { words, frame } = desk;
  return (
    <>
      <RecordFacts record={record} ats={ats} words={words} lang={frame.lang} />
      <p>
        {words.unmatched(record.name)} {canDecide ? words.whyUnmatched : words.mayNotDecide}
      </p>
      {possible.length > 0 && (
        <Block title={words.possible}>
          <p class="muted">{words.possibleWhy}</p>
          <People people={possible} desk={desk} />
        </Block>
      )}
      {canDecide && <FindForm name={record.name} employer={record.employer ?? ''} desk={desk} />}
    </>
  );
}

const NOTHING = { name: '', employer: '', profileUrl: '' };

export function FindForm({ name, employer, desk }: { name: string; employer: string; desk: Desk }) {
  const { words, frame, attempt } = desk;
  const [fields, setFields] = useState({ ...NOTHING, name, employer });
  const [found, setFound] = useState<WidgetFindAnswer | null>(null);
  const [isSearching, setSearching] = useState(false);
  const [isEmpty, setEmpty] = useState(false);

  const search = async (event: Event) => {
    event.preventDefault();
    const isNothing = Object.values(fields).every((text) => text.trim() === '');
    setEmpty(isNothing);
    if (isNothing) return;
    setSearching(true);
    await attempt(async () => setFound(await frame.api.post<WidgetFindAnswer>('profile/find', fields)));
    setSearching(false);
  };
  const field = (key: keyof typeof fields, label: string) => (
    <label class="field">
      {label}
      <input
        value={fields[key]}
        maxLength={200}
        onInput={({ currentTarget }) => setFields({ ...fields, [key]: currentTarget.value })}
      />
    </label>
  );
  return (
    <Block title={words.find}>
      <form class="fields" onSubmit={(event) => void search(event)} aria-busy={isSearching}>
        {field('name', words.findName)}
        {field('employer', words.findEmployer)}
        {field('profileUrl', words.findUrl)}
        <button class="button primary" type="submit" disabled={isSearching}>
          {words.findIt}
        </button>
      </form>
      <p role="status" class={isEmpty ? 'bad' : 'muted'}>
        {isEmpty ? words.findNothing : found && !isSearching ? counted(found, desk) : ''}
      </p>
      {found && <People people={found.people} desk={desk} />}
    </Block>
  );
}

function counted({ people, total }: WidgetFindAnswer, { words }: Desk): string {
  return total > people.length ? words.foundMore(people.length, total) : words.found(total);
}

/** Each with a button that says: this is the one. */
function People({ people, desk }: { people: readonly PersonRow[]; desk: Desk }) {
  const { words, attempt } = desk;
  return (
    <ul class="people">
      {people.map((person) => (
        <li key={person.id}>
          <Avatar name={person.name} url={person.pictureUrl} />
          <div>
            <strong>{person.name}</strong>
            {person.degree && <span class="muted"> · {words.degree[person.degree]}</span>}
            <div>{person.headline}</div>
            <div class="muted">{[person.location, person.industry].filter(Boolean).join(' | ')}</div>
          </div>
          <button
            type="button"
            class="button"
            aria-label={words.choose(person.name)}
            onClick={(event) => {
              if (isDeliberate(event)) void attempt(() => decide(desk, person, 'LINK'));
            }}
          >
            {words.link}
          </button>
        </li>
      ))}
    </ul>
  );
}
