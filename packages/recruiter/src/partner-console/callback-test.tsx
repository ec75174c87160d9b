import type { PartnerCustomer, TestEvent } from '@carrick/protocol/partner-console';
import { useState } from 'react';
import admin from '../admin/admin-page.module.css';
import button from '../elements/button.module.css';
import { CodeBlock } from './code-block.tsx';
import css from './partner-page.module.css';
import { useConsoleChange } from './queries.ts';
import { failureName, words } from './words.ts';

/** Whether the ATS hears what it is told, and what exactly the signature is made of. */
export function CallbackTest({ customer: { applicationId, callbackUrl } }: { customer: PartnerCustomer }) {
  const { change, isBusy, refusal } = useConsoleChange();
  const [event, setEvent] = useState<TestEvent>();
  return (
    <section className={admin.card} aria-labelledby="callback" data-testid="callback">
      <div className={admin.cardHead}>
        <div>
          <h2 className={admin.cardTitle} id="callback">
            {words.callback}
          </h2>
          {callbackUrl === null ? (
            <p className={admin.meta}>{words.noCallback}</p>
          ) : (
            <code className={css.code}>{callbackUrl}</code>
          )}
        </div>
        {callbackUrl !== null && (
          <button
            type="button"
            className={button.button}
            aria-disabled={isBusy || undefined}
            aria-describedby="callback-hint"
            onClick={async () => setEvent(await change<TestEvent>('customers/test-event', { applicationId }))}
          >
            {words.test}
          </button>
        )}
      </div>
      <div className={css.body}>
        <p className={css.hint} id="callback-hint">
          {words.testHint}
        </p>
        {refusal && (
          <p className={css.refusal} role="alert">
            {refusal}
          </p>
        )}
        {event && <Result event={event} />}
      </div>
    </section>
  );
}

function Result({ event: { outcome, headers, body, signed, ms } }: { event: TestEvent }) {
  const isGood = 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
  const sent = `${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n\n${body}`;
  const blocks = [
    { title: words.sent, text: sent },
    ...signed.map(({ header, text }) => ({ title: words.signedText(header), text })),
  ];
  return (
    <>
      <p role="status">
        <span className={admin.chip} data-tone={isGood ? 'good' : 'bad'}>
          {'status' in outcome
            ? words.testAnswered(outcome.status, ms)
            : `${failureName(outcome.failure)}: ${outcome.detail}`}
        </span>
      </p>
      {blocks.map((each) => (
        <CodeBlock key={each.title} {...each} />
      ))}
    </>
  );
}
