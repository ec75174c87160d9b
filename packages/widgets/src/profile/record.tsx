import type { WidgetOwnRecord, WidgetRecord } from '@carrick/protocol';
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { SeatlessProps } from '../frame/start.tsx';
import { explain, Loading, Notice } from '../frame/states.tsx';
import { frameWords } from '../frame/words.ts';
import { Moment } from './elements.tsx';
import { type Words, wordsOf } from './words.ts';

/** What the ATS itself holds of the person. */
export function RecordFacts({
  record: { name, title, employer, place, emails, phones, addedAt },
  ats,
  words,
  lang,
}: {
  record: WidgetRecord;
  ats: string;
  words: Words;
  lang: string;
}) {
  const position = title && employer ? words.at(title, employer) : (title ?? employer);
  return (
    <>
      <h1>{name}</h1>
      <dl class="facts">
        {position && <Fact term={words.record.title}>{position}</Fact>}
        {place && <Fact term={words.record.place}>{place}</Fact>}
        {emails.length > 0 && <Fact term={words.email}>{emails.join(', ')}</Fact>}
        {phones.length > 0 && <Fact term={words.record.phone}>{phones.join(', ')}</Fact>}
        <Fact term={words.record.added(ats)}>
          <Moment at={addedAt} lang={lang} to="day" />
        </Fact>
      </dl>
    </>
  );
}

export function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** For somebody without a seat for whom the ATS vouches: a card to read, and nothing to do. */
export function OwnRecord({ frame }: SeatlessProps) {
  const words = wordsOf(frame.lang);
  const common = frameWords();
  const [answer, setAnswer] = useState<WidgetOwnRecord | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const load = useCallback(
    () => frame.api.get<WidgetOwnRecord>('profile/record').then(setAnswer, setFailure),
    [frame],
  );
  useEffect(() => void load(), [load]);
  if (answer?.record)
    return (
      <div class="card profile">
        <RecordFacts record={answer.record} ats={answer.ats} words={words} lang={frame.lang} />
        <p class="muted">{words.seatless(answer.ats)}</p>
      </div>
    );
  if (answer) return <Notice>{words.seatlessNothing(answer.ats)}</Notice>;
  if (failure === null) return <Loading words={common} />;
  return (
    <Notice isAlert action={{ label: common.again, run: () => void load() }}>
      {explain(failure, common)}
    </Notice>
  );
}
