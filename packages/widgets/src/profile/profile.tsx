import type { WidgetProfileAnswer } from '@carrick/protocol';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { ApiFailure } from '../frame/api.ts';
import type { WidgetProps } from '../frame/start.tsx';
import { explain, Loading, Notice } from '../frame/states.tsx';
import { frameWords } from '../frame/words.ts';
import { type Desk, offer, type Said } from './desk.ts';
import { Moment } from './elements.tsx';
import { Find, FindForm } from './find.tsx';
import { Matched } from './matched.tsx';
import { RecordFacts } from './record.tsx';
import { useAnswer } from './use-answer.ts';
import { wordsOf } from './words.ts';

/** The profile beside one record of the ATS, for somebody with a seat. */
export function Profile({ frame, me }: WidgetProps) {
  const words = wordsOf(frame.lang);
  const common = frameWords();
  const { answer, failure, reload } = useAnswer(frame);
  const [said, say] = useState<Said | null>(null);

  const isSettled = answer !== null || failure !== null;
  useEffect(() => {
    if (isSettled) frame.ready();
  }, [isSettled, frame]);
  useEffect(() => tellPage(frame, failure), [frame, failure]);

  const ats = answer?.ats ?? 'ATS';
  const desk = useMemo((): Desk => {
    const attempt = async (work: () => Promise<void>) => {
      try {
        await work();
        return true;
      } catch (error) {
        say({ text: explain(error, common), isAlert: true });
        return false;
      }
    };
    return { frame, words, ats, say, reload, attempt };
  }, [frame, words, ats, reload, common]);

  // What was decided before the page was loaded anew; once the frame has said something itself, it knows better.
  const undoable = said === null ? answer?.undoable : null;
  useEffect(() => {
    if (undoable) offer(desk, undoable);
  }, [undoable, desk]);

  if (!answer) {
    if (failure === null) return <Loading words={common} />;
    return (
      <Notice isAlert action={{ label: common.again, run: () => void reload() }}>
        {explain(failure, common)}
      </Notice>
    );
  }
  return (
    <div class="card profile">
      <Status said={said} desk={desk} />
      <Standing answer={answer} desk={desk} me={me} />
      <footer class="foot muted">
        {failure !== null && <span role="alert">{words.stale} </span>}
        {words.updatedAt} <Moment at={answer.answeredAt} lang={frame.lang} to="minute" />
        <button type="button" class="button-text" onClick={() => void reload()}>
          {words.refresh}
        </button>
      </footer>
    </div>
  );
}

function Standing({ answer, desk, me }: { answer: WidgetProfileAnswer; desk: Desk; me: WidgetProps['me'] }) {
  const { words } = desk;
  switch (answer.state) {
    case 'not-synced':
      return <p>{words.notSynced(answer.ats)}</p>;
    case 'closed':
      return (
        <>
          <p>{words.closed}</p>
          <RecordFacts record={answer.record} ats={answer.ats} words={words} lang={desk.frame.lang} />
          {answer.canDecide && (
            <FindForm name={answer.record.name} employer={answer.record.employer ?? ''} desk={desk} />
          )}
        </>
      );
    case 'unmatched':
      return <Find answer={answer} desk={desk} />;
    case 'matched':
      return <Matched answer={answer} desk={desk} me={me} key={answer.person.id} />;
  }
}

/** The one line that says what was done, read out as it comes; it stays until something else is said. */
function Status({ said, desk: { words, attempt } }: { said: Said | null; desk: Desk }) {
  const { undo } = said ?? {};
  return (
    <div class={said ? 'said' : 'hearable'} role={said?.isAlert ? 'alert' : 'status'}>
      {said?.text}
      {undo && (
        <button type="button" class="button-text" onClick={() => void attempt(undo)}>
          {words.undo}
        </button>
      )}
    </div>
  );
}

/** What whoever builds the page has to know. */
function tellPage(frame: WidgetProps['frame'], failure: unknown): void {
  if (!(failure instanceof ApiFailure)) return;
  if (failure.code === 'WIDGET_OFF')
    frame.tell({ in: 'error', code: 'not_enabled', text: 'the integration of this widget is not ENABLED' });
  if (failure.code === 'UNREACHABLE')
    frame.tell({ in: 'error', code: 'unreachable', text: 'the platform does not answer' });
}
