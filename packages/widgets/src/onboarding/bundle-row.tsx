import type { OnboardingAnswer, OnboardingBundle, RequestedBundle } from '@carrick/protocol/widget';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isDeliberate } from '../frame/settled.ts';
import type { Frame } from '../frame/start.tsx';
import { explain } from '../frame/states.tsx';
import { frameWords } from '../frame/words.ts';
import css from './onboarding.module.css';
import type { OnboardingWords } from './words.ts';

interface BundleRowProps {
  readonly frame: Frame;
  readonly words: OnboardingWords;
  readonly answer: OnboardingAnswer;
  readonly bundle: OnboardingBundle;
  refresh(): Promise<void>;
}

export function BundleRow({ frame, words, answer, bundle, refresh }: BundleRowProps) {
  const known = words.bundles[bundle.bundle as keyof typeof words.bundles]; // the platform answers with these only
  const name = known.name(answer.contract);
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const status = useRef<HTMLParagraphElement>(null);
  const id = `bundle-${bundle.bundle}`;

  const act = async (work: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await work();
      await refresh();
    } catch (error) {
      setProblem(explain(error, frameWords()));
    }
    setAsking(false);
    status.current?.focus();
  };
  const request = () =>
    act(async () => {
      const { integrations } = await frame.api.post<RequestedBundle>('onboarding/request', {
        bundle: bundle.bundle,
      });
      frame.tell({ in: 'onintegrate', integrations });
    });

  return (
    <section class={css.bundle} aria-labelledby={id}>
      <div class={css.head}>
        <h2 id={id}>{name}</h2>
        <p class={css.status} data-status={bundle.status} role="status" tabIndex={-1} ref={status}>
          {words.status[bundle.status]}
        </p>
      </div>
      <ul class={css.features}>
        {known.features(answer.ats).map((feature) => (
          <li key={feature}>{feature}</li>
        ))}
      </ul>
      <details>
        <summary>{words.showData}</summary>
        <table class={css.data}>
          <caption class="hearable">{words.tableCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.columns.what}</th>
              <th scope="col">{words.columns.direction}</th>
              <th scope="col">{words.columns.who}</th>
            </tr>
          </thead>
          <tbody>
            {known.data.map(({ what, direction, who }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{words.direction(direction, answer.ats)}</td>
                <td>{who}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      {bundle.elsewhere.length > 0 && <p class="muted">{words.elsewhere(bundle.elsewhere.join(', '))}</p>}
      {problem && <p role="alert">{problem}</p>}
      {bundle.status === 'NOT_REQUESTED' &&
        (isAsking ? (
          <Confirm words={words} ats={answer.ats} confirm={request} cancel={() => setAsking(false)} />
        ) : (
          <button
            type="button"
            class="button primary"
            aria-label={words.requestFor(name)}
            onClick={() => setAsking(true)}
          >
            {words.request}
          </button>
        ))}
      {bundle.status === 'REQUESTED' && <Waiting frame={frame} words={words} answer={answer} act={act} />}
      {bundle.status === 'PARTNER_READY' && (
        <p>
          {words.switchOn}{' '}
          <a href={answer.settingsUrl} target="_blank" rel="noopener noreferrer">
            {words.settings}
          </a>
        </p>
      )}
      {bundle.status === 'ENABLED' && <p>{words.on}</p>}
    </section>
  );
}

interface ConfirmProps {
  readonly words: OnboardingWords;
  readonly ats: string;
  confirm(): void;
  cancel(): void;
}

/** The second press that a page around the frame cannot steal. */
function Confirm({ words, ats, confirm, cancel }: ConfirmProps) {
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => yes.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape belongs to the question as a whole, whichever button has the focus
    <div class={css.confirm} onKeyDown={(event) => event.key === 'Escape' && cancel()}>
      <p>{words.confirm(ats)}</p>
      <div class={css.actions}>
        <button
          type="button"
          class="button primary"
          ref={yes}
          onClick={(event) => isDeliberate(event) && confirm()}
        >
          {words.confirmYes}
        </button>
        <button type="button" class="button" onClick={cancel}>
          {words.cancel}
        </button>
      </div>
    </div>
  );
}

interface WaitingProps extends Pick<BundleRowProps, 'frame' | 'words' | 'answer'> {
  act(work: () => Promise<void>): Promise<void>;
}

function Waiting({ frame, words, answer, act }: WaitingProps) {
  const { canNotifyAt, notifiedAt, answeredAt, ats } = answer;
  const time = (at: number) =>
    new Intl.DateTimeFormat(frame.lang.replace('_', '-'), { timeStyle: 'short' }).format(at);
  const notify = () =>
    act(async () => {
      await frame.api.post('onboarding/notify');
    });
  return (
    <>
      <p>{words.waiting(ats)}</p>
      {notifiedAt !== null && <p class="muted">{words.notified(time(notifiedAt))}</p>}
      {canNotifyAt !== null &&
        (answeredAt >= canNotifyAt ? (
          <button type="button" class="button" onClick={(event) => isDeliberate(event) && notify()}>
            {words.notify}
          </button>
        ) : (
          <p class="muted">{words.notifyLater(time(canNotifyAt))}</p>
        ))}
    </>
  );
}
