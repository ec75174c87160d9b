import type { WidgetMember, WidgetPerson, WidgetProfileAnswer } from '@carrick/protocol';
import { useState } from 'preact/hooks';
import { isDeliberate } from '../frame/settled.ts';
import { Activities } from './activities.tsx';
import { Composer } from './composer.tsx';
import { type Desk, decide } from './desk.ts';
import { Avatar, Panel } from './elements.tsx';
import { Facts } from './facts.tsx';
import { SaveToProject } from './save-to-project.tsx';
import { Sections } from './sections.tsx';
import { type Tab, Tabs } from './tabs.tsx';

type Opened = 'save' | 'send' | 'wrong' | 'contract';

export interface MatchedProps {
  readonly answer: Extract<WidgetProfileAnswer, { state: 'matched' }>;
  readonly desk: Desk;
  /** Who looks. */
  readonly me: WidgetPerson;
}

/** The live profile of the record's person. */
export function Matched({ answer, desk, me }: MatchedProps) {
  const { words, frame } = desk;
  const { person, record } = answer;
  const [tab, setTab] = useState<Tab>('profile');
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => {
    if (opened) document.getElementById(`open-${opened}`)?.focus();
    setOpened(null);
  };
  const opener = (what: Opened) => ({
    id: `open-${what}`,
    'aria-expanded': opened === what,
    'aria-controls': opened === what ? `panel-${what}` : undefined,
    onClick: () => setOpened(opened === what ? null : what),
  });
  const unlink = () => desk.attempt(() => decide(desk, person, 'UNLINK'));
  const isSaidTrue = (text: string | undefined) => text?.trim().toLowerCase() === 'true';
  const mustConfirm = frame.data.confirmUnlink?.trim().toLowerCase() !== 'false';
  return (
    <>
      <header class="head">
        <Avatar name={person.name} url={person.pictureUrl} isBig />
        <Identity person={person} desk={desk} />
        <a class="button view" href={`/people/${person.id}`} target="_blank" rel="noopener">
          {words.viewInRecruiter} <span class="hearable">{words.newTab}</span>
        </a>
      </header>
      <div class="actions">
        <button type="button" class="button" {...opener('save')}>
          {words.save}
        </button>
        <button type="button" class="button" {...opener('send')}>
          {words.send}
        </button>
        <UpdateMe person={person} desk={desk} />
      </div>
      {opened === 'save' && <SaveToProject person={person} desk={desk} close={close} />}
      {opened === 'send' && <Composer person={person} desk={desk} close={close} />}
      <Facts person={person} desk={desk} />
      <div class="doubts">
        {isSaidTrue(frame.data.showUnlinkUrl) && answer.canDecide && (
          <button
            type="button"
            class="button-text"
            {...(mustConfirm
              ? opener('wrong')
              : { onClick: (event: Event) => void (isDeliberate(event) && unlink()) })}
          >
            {words.wrong}
          </button>
        )}
        {me.seats.length > 1 && (
          <button type="button" class="button-text" {...opener('contract')}>
            {words.contract}
          </button>
        )}
        <span class="muted">{words.contractNow(answer.contract)}</span>
      </div>
      {opened === 'wrong' && (
        <Panel id="panel-wrong" title={words.wrong} close={close}>
          <p>{words.wrongSure(person.name, record.name)}</p>
          <div class="actions">
            <button type="button" class="button" onClick={(event) => void (isDeliberate(event) && unlink())}>
              {words.unlink}
            </button>
            <button type="button" class="button" onClick={close}>
              {words.cancel}
            </button>
          </div>
        </Panel>
      )}
      {opened === 'contract' && <Contracts me={me} desk={desk} close={close} />}
      <Tabs chosen={tab} choose={setTab} words={words}>
        {tab === 'profile' ? (
          <Sections person={person} desk={desk} />
        ) : (
          <Activities person={person} desk={desk} />
        )}
      </Tabs>
    </>
  );
}

function Identity({ person, desk: { words } }: { person: WidgetMember; desk: Desk }) {
  return (
    <div>
      <h1>
        {person.name}{' '}
        {person.degree && (
          <span class="muted degree">
            {'· '}
            <abbr title={words.degreeLong[person.degree]}>{words.degree[person.degree]}</abbr>
          </span>
        )}
      </h1>
      <p>{person.headline}</p>
      <p class="muted">{[person.location, person.industry].filter(Boolean).join(' | ')}</p>
    </div>
  );
}

function UpdateMe({ person, desk }: { person: WidgetMember; desk: Desk }) {
  const { words, frame, say, reload, attempt } = desk;
  const toggle = () =>
    attempt(async () => {
      const isOn = !person.isFollowed;
      await frame.api.post('profile/follow', { personId: person.id, isOn });
      say({ text: isOn ? words.updatesOn(person.name) : words.updatesOff(person.name) });
      await reload();
    });
  return (
    <button type="button" class="button" aria-pressed={person.isFollowed} onClick={() => void toggle()}>
      {person.isFollowed ? words.updating : words.updateMe}
    </button>
  );
}

function Contracts({ me, desk, close }: { me: WidgetPerson; desk: Desk; close(): void }) {
  const { words, frame, attempt } = desk;
  return (
    <Panel id="panel-contract" title={words.chooseContract} close={close}>
      <ul class="choices">
        {me.seats.map((seat) => (
          <li key={seat.seatId}>
            <button
              type="button"
              class="choice"
              aria-current={seat.isCurrent}
              onClick={() => (seat.isCurrent ? close() : void attempt(() => frame.chooseSeat(seat.seatId)))}
            >
              {seat.contract}
              {seat.isCurrent && <span class="muted"> {words.contractCurrent}</span>}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="button" onClick={close}>
        {words.cancel}
      </button>
    </Panel>
  );
}
