import { Tabs } from '@base-ui/react/tabs';
import type { AtsTab } from '@carrick/protocol/recruiter';
import { useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { clockTime } from '../elements/moment.ts';
import { ExportButton } from '../export/export-item.tsx';
import { ExportSummary } from '../export/export-summary.tsx';
import { FindRecord } from '../matches/find-record.tsx';
import { words as matchWords } from '../matches/words.ts';
import { messages } from '../messages.ts';
import { announce } from '../shell/announcer.tsx';
import { AtsAnswer } from './ats-answer.tsx';
import css from './ats-history.module.css';
import { AtsRecordView } from './ats-record.tsx';
import { entryKeys, recordKey } from './entry-keys.ts';
import { useArrivals, useFreshIds } from './fresh-ids.ts';
import tabs from './tabs.module.css';

const words = messages.atsTab;

/** Everything the ATS knows of this person that the viewer may see, and keeps it current. */
export function AtsHistory({
  personId,
  name,
  atsLabel,
  isOnlyInAts = false,
}: {
  personId: string;
  name: string;
  atsLabel: string;
  /** True for somebody without a member's profile, whom nobody can export. */
  isOnlyInAts?: boolean;
}) {
  const { me } = useRouteContext({ from: '/shell' });
  return (
    <AtsAnswer
      personId={personId}
      atsLabel={atsLabel}
      lead={
        !isOnlyInAts && me.exportAtss.length > 0 && <ExportSummary personId={personId} isAdmin={me.isAdmin} />
      }
    >
      {(tab) => <Records key={personId} tab={tab} name={name} atsLabel={atsLabel} />}
    </AtsAnswer>
  );
}

function Records({
  tab: { personId, records, answeredAt },
  name,
  atsLabel,
}: {
  tab: AtsTab;
  name: string;
  atsLabel: string;
}) {
  const fresh = useFreshIds(records.flatMap(entryKeys));
  useArrivals(fresh, tellArrivals);
  const [only, ...others] = records;
  if (!only) return <Nothing person={{ id: personId, name }} atsLabel={atsLabel} />;
  return (
    <>
      {others.length === 0 ? (
        <AtsRecordView personId={personId} record={only} fresh={fresh} />
      ) : (
        <Tabs.Root className={tabs.root} defaultValue={recordKey(only)}>
          <Tabs.List className={tabs.list} aria-label={atsLabel}>
            {records.map((record) => (
              <Tabs.Tab
                key={recordKey(record)}
                className={`${tabs.tab} ${tabs.ats}`}
                value={recordKey(record)}
              >
                {messages.profile.atsTab(record.ats.name, record.jobs.length)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {records.map((record) => (
            <Tabs.Panel key={recordKey(record)} value={recordKey(record)}>
              <AtsRecordView personId={personId} record={record} fresh={fresh} />
            </Tabs.Panel>
          ))}
        </Tabs.Root>
      )}
      <p className={css.updated}>{words.updated(clockTime(answeredAt))}</p>
    </>
  );
}

function Nothing({
  person,
  atsLabel,
}: {
  person: { readonly id: string; readonly name: string };
  atsLabel: string;
}) {
  const { me } = useRouteContext({ from: '/shell' });
  const [isFinding, setFinding] = useState(false);
  return (
    <div className={css.empty}>
      <h2 className={css.emptyTitle}>{words.notMatched(atsLabel)}</h2>
      <p className={css.muted}>{words.notMatchedHint}</p>
      <ExportButton personId={person.id} />
      {me.decidesMatches && (
        <button type="button" className={button.button} onClick={() => setFinding(true)}>
          {matchWords.findRecord.action(atsLabel)}
        </button>
      )}
      {isFinding && <FindRecord person={person} atsLabel={atsLabel} close={() => setFinding(false)} />}
    </div>
  );
}

function tellArrivals(count: number): void {
  announce(words.arrived(count));
}
