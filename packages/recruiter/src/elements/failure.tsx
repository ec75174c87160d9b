import { useState } from 'react';
import { RequestFailure } from '../api/request.ts';
import { messages } from '../messages.ts';
import button from './button.module.css';
import css from './failure.module.css';
import { WarningIcon } from './icons.tsx';

/** What failed, that nothing was lost, a way to try again, and an id to quote. */
export function Failure({ title, error, retry }: { title: string; error: Error; retry: () => void }) {
  return (
    <div className={css.failure} role="alert">
      <span className={css.icon}>
        <WarningIcon />
      </span>
      <div className={css.words}>
        <h2 className={css.title}>{title}</h2>
        <p>{explain(error)}</p>
        <div className={css.actions}>
          <button type="button" className={button.button} onClick={retry}>
            {messages.states.retry}
          </button>
          {error instanceof RequestFailure && error.requestId && <RequestId id={error.requestId} />}
        </div>
      </div>
    </div>
  );
}

function RequestId({ id }: { id: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(id);
    setCopied(true);
  };
  return (
    <span className={css.id}>
      {messages.states.requestId} <code>{id}</code>
      <button type="button" className={button.text} onClick={() => void copy()}>
        {isCopied ? messages.states.copied : messages.states.copy}
      </button>
    </span>
  );
}

/** The last good data stays; this line says how old it is. */
export function Stale({ time, retry }: { time: string; retry: () => void }) {
  return (
    <p className={css.stale} role="status">
      <WarningIcon />
      {messages.states.stale(time)}
      <button type="button" className={button.text} onClick={retry}>
        {messages.states.retry}
      </button>
    </p>
  );
}

function explain(error: Error): string {
  if (!(error instanceof RequestFailure)) return messages.states.broken;
  if (error.status === 0) return messages.states.offline;
  return error.status === 403 ? messages.states.forbidden : messages.states.broken;
}
