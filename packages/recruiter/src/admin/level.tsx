import type { AdminAts, AdminIntegration } from '@carrick/protocol/administration';
import { useId, useState } from 'react';
import button from '../elements/button.module.css';
import { exactTime } from '../elements/moment.ts';
import css from './admin-page.module.css';
import { missingParts, named, type Standing, standingOf } from './codes.ts';
import { Notice } from './notice.tsx';
import { useChange } from './queries.ts';
import { Rail } from './rail.tsx';
import type { LevelName } from './shared-data.tsx';
import { SwitchButton } from './switch-button.tsx';
import { SwitchDialog } from './switch-dialog.tsx';
import { words } from './words.ts';

interface LevelProps {
  readonly ats: AdminAts;
  readonly level: LevelName;
  readonly title: string;
  readonly hint: string;
  readonly integrations: readonly AdminIntegration[];
}

/** What is about to be switched; null: nothing is. */
interface Asked {
  readonly integrations: readonly AdminIntegration[];
  readonly isOn: boolean;
}

/** Company-level or contract-level access of one ATS. */
export function Level({ ats, level, title, hint, integrations }: LevelProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const ready = integrations.filter(({ status }) => status === 'PARTNER_READY');
  return (
    <div className={css.level} data-testid={`${level}-level`}>
      <div className={css.line}>
        <div className={css.words}>
          <h3 className={css.cardTitle}>{title}</h3>
          <p className={css.meta}>{integrations.length > 0 ? hint : words.noneHere(ats.name)}</p>
        </div>
        {ready.length > 1 && (
          <button
            type="button"
            className={`${button.button} ${button.primary}`}
            aria-label={words.allOn(title)}
            onClick={() => setAsked({ integrations: ready, isOn: true })}
          >
            {words.allOnShort}
          </button>
        )}
        {integrations.length === 0 && <span className={css.chip}>{words.standing['not-requested']}</span>}
      </div>
      <ul className={css.list}>
        {integrations.map((integration) => (
          <Row
            key={`${integration.type} ${integration.contextUrn}`}
            ats={ats}
            integration={integration}
            flip={() => setAsked({ integrations: [integration], isOn: integration.status !== 'ENABLED' })}
          />
        ))}
      </ul>
      <SwitchDialog ats={ats} level={level} asked={asked} close={() => setAsked(null)} />
    </div>
  );
}

const TONES: Readonly<Record<Standing, string>> = {
  'not-requested': 'plain',
  requested: 'warning',
  ready: 'warning',
  enabled: 'good',
  disabled: 'plain',
  action: 'warning',
};

function Row({ ats, integration, flip }: { ats: AdminAts; integration: AdminIntegration; flip(): void }) {
  const waitingId = useId();
  const { change, isBusy } = useChange();
  const { type, contextUrn, status, changedBy, changedAt, missing, notice, configurationKeys } = integration;
  const name = words.integrations[type];
  const standing = standingOf(integration);
  const remove = () =>
    void change('admin/integrations/remove', { atsNo: ats.atsNo, type, contextUrn }, words.removed);
  return (
    <li className={css.line} data-testid={`integration-${type}`}>
      <div className={css.words}>
        <p>
          <span className={css.name}>{name}</span>{' '}
          <span className={css.chip} data-tone={TONES[standing]} data-testid="standing">
            {words.standing[standing]}
          </span>
        </p>
        <p className={css.meta}>{named(words.hangs[type], ats.name)}</p>
        {status === 'REQUESTED' && <p id={waitingId}>{words.waiting(ats.name)}</p>}
        {missing.length > 0 && <p className={css.meta}>{missingParts(missing)}</p>}
        <p className={css.meta}>
          {configurationKeys.includes('CALLBACK_URL')
            ? words.callback.yes
            : type === 'ONE_CLICK_EXPORT'
              ? words.callback.no
              : words.callbackOptional}
          {changedAt !== null && ` · ${words.changed(changedBy)} · ${exactTime(changedAt)}`}
        </p>
        {notice && <Notice notice={notice} />}
      </div>
      <Rail name={name} standing={standing} ats={ats.name} />
      {status !== 'ENABLED' && (
        <button
          type="button"
          className={button.text}
          aria-label={words.removeOf(name)}
          aria-disabled={isBusy || undefined}
          onClick={remove}
        >
          {words.remove}
        </button>
      )}
      <SwitchButton
        isOn={status === 'ENABLED'}
        label={name}
        isDisabled={status === 'REQUESTED'}
        {...(status === 'REQUESTED' && { describedBy: waitingId })}
        flip={flip}
      />
    </li>
  );
}
