import type { AdminAts, IntegrationsAnswer, Provider } from '@carrick/protocol/administration';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { Time } from '../elements/time.tsx';
import css from './admin-page.module.css';
import { Features } from './features.tsx';
import { Level } from './level.tsx';
import { integrationsQuery, useChange } from './queries.ts';
import { Region } from './region.tsx';
import { SharedData } from './shared-data.tsx';
import { words } from './words.ts';

export function AtsIntegration() {
  const query = useQuery(integrationsQuery);
  return (
    <Region query={query}>
      {(answer) => (
        <>
          {answer.tooMany !== null && (
            <p className={css.warning} data-testid="too-many">
              {words.tooMany(answer.tooMany)}
            </p>
          )}
          {answer.atss.length === 0 && <NoAts />}
          {answer.atss.map((ats) => (
            <AtsCard key={ats.atsNo} ats={ats} answer={answer} />
          ))}
          {answer.atss.length > 0 && <Features contract={answer.contract} features={answer.features} />}
          <Providers providers={answer.providers} />
        </>
      )}
    </Region>
  );
}

function AtsCard({ ats, answer }: { ats: AdminAts; answer: IntegrationsAnswer }) {
  const provider = answer.providers.find(({ atsNos }) => atsNos.includes(ats.atsNo));
  return (
    <section className={css.card} aria-labelledby={`ats-${ats.atsNo}`} data-testid="ats">
      <div className={css.cardHead}>
        <div>
          <h2 className={css.cardTitle} id={`ats-${ats.atsNo}`}>
            <bdi>{ats.name}</bdi>
          </h2>
          <p className={css.meta}>
            {[provider?.name, provider?.contactEmail, words.recordsOf(ats.records)]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <div className={css.actions}>
          {provider?.guideUrl && (
            <a className={button.button} href={provider.guideUrl} target="_blank" rel="noopener noreferrer">
              {words.guide}
            </a>
          )}
          <NotifyPartner ats={ats} now={answer.answeredAt} />
        </div>
      </div>
      <ViewersDefault ats={ats} />
      <Level
        ats={ats}
        title={words.company}
        hint={words.companyHint(answer.organisation)}
        level="company"
        integrations={ats.company}
      />
      <Level
        ats={ats}
        title={words.contract}
        hint={words.contractHint(answer.contract)}
        level="contract"
        integrations={ats.contract}
      />
      <details className={css.line}>
        <summary className={css.name}>{words.shared}</summary>
        <SharedData ats={ats.name} levels={['company', 'contract']} />
      </details>
    </section>
  );
}

function NotifyPartner({ ats, now }: { ats: AdminAts; now: number }) {
  const { change, isBusy } = useChange();
  if (ats.canNotifyAt === null) return null;
  if (now < ats.canNotifyAt)
    return ats.partnerToldAt === null ? null : (
      <span className={css.meta}>
        {words.toldAt} <Time at={ats.partnerToldAt} />
      </span>
    );
  return (
    <button
      type="button"
      className={button.button}
      aria-disabled={isBusy || undefined}
      onClick={() =>
        void change<{ isMailed: boolean }>('admin/integrations/notify', { atsNo: ats.atsNo }, (answer) =>
          words.notified(answer.isMailed),
        )
      }
    >
      {words.notifyPartner}
    </button>
  );
}

/** Who sees what has no access rule. While nobody chose, nobody does. */
function ViewersDefault({ ats }: { ats: AdminAts }) {
  const { change, isBusy } = useChange();
  if (ats.isOpen === null) return null;
  const set = (isOpen: boolean) =>
    void change('admin/integrations/viewers', { atsNo: ats.atsNo, isOpen }, words.saved);
  if (!ats.isOpen)
    return (
      <div className={css.banner} data-testid="acl-banner">
        <p>{words.banner(ats.unsecuredJobs)}</p>
        <button
          type="button"
          className={button.button}
          aria-disabled={isBusy || undefined}
          onClick={() => set(true)}
        >
          {words.openToAll}
        </button>
      </div>
    );
  return (
    <div className={css.line}>
      <p className={`${css.words} ${css.meta}`}>{words.viewersOpen}</p>
      <button
        type="button"
        className={button.text}
        aria-disabled={isBusy || undefined}
        onClick={() => set(false)}
      >
        {words.hideFromAll}
      </button>
    </div>
  );
}

function NoAts() {
  return (
    <section className={css.card}>
      <div className={css.cardHead}>
        <h2 className={css.cardTitle}>{words.noAts}</h2>
      </div>
      <ol className={css.list}>
        {words.noAtsSteps.map((step, index) => (
          <li key={step} className={css.line}>
            <span className={css.chip}>{index + 1}</span>
            <span className={css.words}>{step}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Providers({ providers }: { providers: readonly Provider[] }) {
  const [q, setQ] = useState('');
  const found = providers.filter(({ name }) => name.toLowerCase().includes(q.trim().toLowerCase()));
  return (
    <section className={css.card} aria-labelledby="providers">
      <div className={css.cardHead}>
        <h2 className={css.cardTitle} id="providers">
          {words.providers}
        </h2>
        <input
          type="search"
          className={css.input}
          aria-label={words.findProvider}
          placeholder={words.findProvider}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
      </div>
      {found.length === 0 ? (
        <p className={css.empty} role="status">
          {providers.length === 0 ? words.noProviders : words.noProvider(q.trim())}
        </p>
      ) : (
        <ul className={css.list} data-testid="providers">
          {found.map(({ name, guideUrl, atsNos, contactEmail }) => (
            <li key={`${name} ${contactEmail} ${atsNos.join()}`} className={css.line}>
              <span className={css.words}>
                <bdi className={css.name}>{name}</bdi>
                {contactEmail && <span className={css.meta}> · {contactEmail}</span>}
              </span>
              {atsNos.length > 0 && (
                <span className={css.chip} data-tone="good">
                  {words.connected}
                </span>
              )}
              {guideUrl ? (
                <a href={guideUrl} target="_blank" rel="noopener noreferrer" aria-label={words.guideOf(name)}>
                  {words.guide}
                </a>
              ) : (
                <span className={css.meta}>{words.noGuide}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
