import { type NewSecret, ROTATION_OVERLAPS_MS } from '@carrick/protocol/partner-console';
import { useId, useState } from 'react';
import admin from '../admin/admin-page.module.css';
import button from '../elements/button.module.css';
import { exactTime } from '../elements/moment.ts';
import { CopyButton } from './copy-button.tsx';
import css from './partner-page.module.css';
import { useConsoleChange } from './queries.ts';
import { words } from './words.ts';

const USUAL_OVERLAP_MS = 24 * 3_600_000;

/** A secret that was made just now. It lives in this page's memory only, and goes when it was stored. */
export function FreshSecret({ secret, close }: { secret: NewSecret; close(): void }) {
  return (
    <div className={css.secret} role="status" data-testid="fresh-secret">
      <p>
        <strong>{words.newSecret}.</strong> {words.secretOnce}
      </p>
      <div className={css.value}>
        <code className={css.code}>{secret.clientSecret}</code>
        <CopyButton text={secret.clientSecret} what={words.secret} />
      </div>
      <div>
        <button type="button" className={button.button} onClick={close}>
          {words.stored}
        </button>
      </div>
    </div>
  );
}

interface SecretsProps {
  readonly clientId: string;
  readonly formerGoodUntil: number | null;
  /** Undefined: of the vendor's own application nobody signs anything. */
  readonly isSecretKnown?: boolean;
  /** Where a new one is asked for, with the overlap. */
  readonly path: string;
  readonly body: object;
}

const overlaps: Readonly<Record<number, string>> = words.overlaps;

export function Secrets({ clientId, formerGoodUntil, isSecretKnown, path, body }: SecretsProps) {
  const { change, isBusy, refusal } = useConsoleChange();
  const [overlapMs, setOverlapMs] = useState(USUAL_OVERLAP_MS);
  const [isAsking, setAsking] = useState(false);
  const [fresh, setFresh] = useState<NewSecret>();
  const select = useId();
  const rotate = async () => {
    setAsking(false);
    setFresh(await change<NewSecret>(path, { ...body, overlapMs }));
  };
  return (
    <div className={css.body}>
      <div className={css.value}>
        <span className={admin.meta}>{words.key}</span>
        <code className={css.code}>{clientId}</code>
        <CopyButton text={clientId} what={words.key} />
      </div>
      <p data-testid="secrets">
        {formerGoodUntil === null ? words.oneGood : words.bothGood(exactTime(formerGoodUntil))}{' '}
        {formerGoodUntil !== null &&
          isSecretKnown !== undefined &&
          (isSecretKnown ? words.secretSeen : words.secretUnseen)}
      </p>
      <p className={css.hint}>{words.secretHint}</p>
      {fresh && <FreshSecret secret={fresh} close={() => setFresh(undefined)} />}
      <div className={admin.filters}>
        <label htmlFor={select}>
          {words.overlap}
          <select
            id={select}
            className={admin.select}
            value={overlapMs}
            onChange={(event) => setOverlapMs(Number(event.target.value))}
          >
            {ROTATION_OVERLAPS_MS.map((each) => (
              <option key={each} value={each}>
                {overlaps[each]}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className={button.button}
          aria-disabled={isBusy || undefined}
          onClick={() => (overlapMs === 0 ? setAsking(true) : void rotate())}
        >
          {words.rotate}
        </button>
      </div>
      {isAsking && (
        <div className={css.secret} role="alert">
          <p>{words.rotateConfirm}</p>
          <div className={admin.actions}>
            <button type="button" className={button.button} onClick={() => void rotate()}>
              {words.yes}
            </button>
            <button type="button" className={button.button} onClick={() => setAsking(false)}>
              {words.cancel}
            </button>
          </div>
        </div>
      )}
      {refusal && (
        <p className={css.refusal} role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}
