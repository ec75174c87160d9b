import type { OnboardingAnswer, WidgetPerson } from '@carrick/protocol/widget';
import { useEffect, useState } from 'preact/hooks';
import type { Frame, WidgetProps } from '../frame/start.tsx';
import { Loading } from '../frame/states.tsx';
import { frameWords } from '../frame/words.ts';
import { BundleRow } from './bundle-row.tsx';
import css from './onboarding.module.css';
import { useProgress } from './progress.ts';
import { type OnboardingWords, onboardingWords } from './words.ts';

/** Whether this person has said for which contract; asked once, and again on demand. */
let hasChosen = false;

export function Onboarding({ frame, me }: WidgetProps) {
  const words = onboardingWords();
  const [isChoosing, setChoosing] = useState(!hasChosen && administered(me).length > 1);
  if (isChoosing) {
    const choose = async (seatId: string) => {
      hasChosen = true;
      const isCurrent = me.seats.some((seat) => seat.seatId === seatId && seat.isCurrent);
      if (isCurrent) return setChoosing(false);
      await frame.chooseSeat(seatId).catch((error: unknown) => frame.fail(error));
    };
    return <ContractChooser frame={frame} words={words} me={me} choose={choose} />;
  }
  const change = administered(me).length > 1 ? () => setChoosing(true) : undefined;
  return <Connect frame={frame} words={words} {...(change && { change })} />;
}

const administered = ({ seats }: WidgetPerson) => seats.filter(({ isAdmin }) => isAdmin);

interface ChooserProps extends WidgetProps {
  readonly words: OnboardingWords;
  choose(seatId: string): void;
}

function ContractChooser({ frame, words, me, choose }: ChooserProps) {
  useEffect(() => frame.ready(), []);
  return (
    <div class="card">
      <h1>{words.chooseContract}</h1>
      <p class="muted">{words.chooseContractWhy}</p>
      <ul class={css.choices}>
        {administered(me).map(({ seatId, contract }) => (
          <li key={seatId}>
            <button type="button" class="button" onClick={() => choose(seatId)}>
              {contract}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ConnectProps {
  readonly frame: Frame;
  readonly words: OnboardingWords;
  change?(): void;
}

function Connect({ frame, words, change }: ConnectProps) {
  const { answer, refresh } = useProgress(frame);
  if (!answer) return <Loading words={frameWords()} />;
  if (answer.for === 'others') return <WhomToAsk words={words} names={answer.administrators} />;
  const { shown, notOffered } = wantedOf(frame, answer, words);
  return (
    <div class="card">
      <header>
        <h1>{words.heading}</h1>
        <p class="muted">{words.between(answer.organisation, answer.ats)}</p>
        {change && (
          <p class="muted">
            {words.contractIs(answer.contract)}{' '}
            <button type="button" class="button-text" onClick={change}>
              {words.changeContract}
            </button>
          </p>
        )}
      </header>
      {shown.map((bundle) => (
        <BundleRow
          key={bundle.bundle}
          frame={frame}
          words={words}
          answer={answer}
          bundle={bundle}
          refresh={refresh}
        />
      ))}
      {shown.length === 0 && <p>{words.nothing}</p>}
      {notOffered.length > 0 && (
        <p class="muted">
          {words.notOffered} {notOffered.join(', ')}.
        </p>
      )}
    </div>
  );
}

function WhomToAsk({ words, names }: { words: OnboardingWords; names: readonly string[] }) {
  if (names.length === 0) return <p class="card">{words.askNobody}</p>;
  return (
    <div class="card">
      <p>{words.ask}</p>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </div>
  );
}

const noted = new Set<string>();

/** What the tag names: of ours what is offered, of the protocol's others that they are not, and of the rest a note for its author. */
function wantedOf({ data }: Frame, { bundles }: OnboardingAnswer, words: OnboardingWords) {
  const names = (data.supportedBundledIntegrationTypes ?? '').split(',').flatMap((name) => name.trim() || []);
  const shown = bundles.filter(({ bundle }) => names.includes(bundle));
  const notOffered = names.flatMap((name) => words.notOfferedNames[name] ?? []);
  for (const name of names) {
    if (bundles.some(({ bundle }) => bundle === name) || name in words.notOfferedNames || noted.has(name))
      continue;
    noted.add(name);
    console.warn(`data-supported-bundled-integration-types: ${name} is unknown and left out`);
  }
  return { shown, notOffered };
}
