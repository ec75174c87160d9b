import type { ErasableAnswer, ErasureItem } from '@carrick/protocol/erasures';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import button from '../elements/button.module.css';
import { exactTime } from '../elements/moment.ts';
import css from './admin-page.module.css';
import { type Erasable, EraseDialog } from './erase-dialog.tsx';
import { words } from './erasure-words.ts';
import { erasableQuery, erasuresQuery } from './queries.ts';
import { Region } from './region.tsx';

/** Who asked to be forgotten, and what became of it. */
export function Erasures() {
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState<Erasable | null>(null);
  const erasures = useQuery(erasuresQuery);
  const found = useQuery(erasableQuery(q));
  return (
    <>
      <LookUp look={setQ} />
      {q !== '' && <Region query={found}>{(answer) => <Found answer={answer} choose={setChosen} />}</Region>}
      <Region query={erasures}>
        {({ erasures: all }) => (
          <section className={css.card} aria-labelledby="erasures">
            <div className={css.cardHead}>
              <h2 className={css.cardTitle} id="erasures">
                {words.list}
              </h2>
            </div>
            {all.length === 0 ? (
              <p className={css.empty}>{words.none}</p>
            ) : (
              <ul className={css.list} data-testid="erasures">
                {all.map((erasure) => (
                  <Item key={erasure.id} erasure={erasure} />
                ))}
              </ul>
            )}
          </section>
        )}
      </Region>
      <EraseDialog chosen={chosen} close={() => setChosen(null)} />
    </>
  );
}

function LookUp({ look }: { look(q: string): void }) {
  const id = useId();
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(text.trim());
  };
  return (
    <form onSubmit={submit}>
      <div className={css.field}>
        <label htmlFor={id}>{words.who}</label>
        <div className={css.filters}>
          <input
            id={id}
            className={css.input}
            aria-describedby={`${id}-hint`}
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit" className={button.button}>
            {words.look}
          </button>
        </div>
        <p id={`${id}-hint`} className={css.meta}>
          {words.whoHint}
        </p>
      </div>
    </form>
  );
}

function Found({
  answer: { candidates, seats },
  choose,
}: {
  answer: ErasableAnswer;
  choose(one: Erasable): void;
}) {
  if (candidates.length + seats.length === 0) return <p className={css.empty}>{words.nobody}</p>;
  const rows = [
    ...candidates.map(({ atsNo, ats, candidateId, name }) => ({
      name,
      meta: words.candidateOf(ats, candidateId),
      request: { kind: 'candidate', atsNo, candidateId } as const,
    })),
    ...seats.map(({ seatId, name, isOwn }) => ({
      name,
      meta: isOwn ? words.ownSeat : words.seat,
      request: isOwn ? null : ({ kind: 'seat', seatId } as const),
    })),
  ];
  return (
    <section className={css.card} aria-label={words.found}>
      <ul className={css.list} data-testid="erasable">
        {rows.map(({ name, meta, request }) => (
          <li key={meta} className={css.line}>
            <div className={css.words}>
              <p className={css.name}>
                <bdi>{name}</bdi>
              </p>
              <p className={css.meta}>{meta}</p>
            </div>
            {request && (
              <button
                type="button"
                className={button.button}
                aria-label={words.askFor(name)}
                onClick={() => choose({ name, request })}
              >
                {words.ask}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const TONES = { asked: 'plain', confirmed: 'warn', erased: 'good', proved: 'good', failed: 'bad' } as const;

function Item({ erasure: { id, kind, state, by, askedAt, hasCertificate } }: { erasure: ErasureItem }) {
  return (
    <li className={css.line}>
      <div className={css.words}>
        <p className={css.name}>{words.kinds[kind]}</p>
        <p className={css.meta}>{words.meta(by, exactTime(askedAt))}</p>
      </div>
      <span className={css.chip} data-tone={TONES[state]}>
        {words.states[state]}
      </span>
      {hasCertificate && (
        <a
          className={button.button}
          href={`/app/api/admin/erasures/certificate?id=${id}`}
          download
          aria-label={words.certificateOf(exactTime(askedAt))}
        >
          {words.certificate}
        </a>
      )}
    </li>
  );
}
