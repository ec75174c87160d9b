import { Tabs } from '@base-ui/react/tabs';
import type { Profile } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { messages } from '../messages.ts';
import { PersonProjects } from '../projects/person-projects.tsx';
import { standingQuery } from '../projects/queries.ts';
import { words as projectWords } from '../projects/words.ts';
import { AtsHistory } from './ats-history.tsx';
import { MemberProfile } from './member-profile.tsx';
import { type ProfileAddress, readProfileAddress, showing } from './profile-address.ts';
import css from './tabs.module.css';
import { words as own } from './words.ts';

const words = messages.profile;

interface ProfileSectionsProps {
  profile: Profile;
  atsLabel: string;
  /** False on a contract without an enabled ATS: then there is no tab of it. */
  hasAts: boolean;
  address: ProfileAddress;
}

const MessagesTab = lazy(async () => ({
  default: (await import('../conversations/messages-tab.tsx')).MessagesTab,
}));

const FeedbackTab = lazy(async () => ({ default: (await import('./feedback-tab.tsx')).FeedbackTab }));

const AttachmentsTab = lazy(async () => ({
  default: (await import('./attachments-tab.tsx')).AttachmentsTab,
}));

const ActivitiesTab = lazy(async () => ({
  default: (await import('../activities/activities-tab.tsx')).ActivitiesTab,
}));

/** They are there with an enabled ATS only. */
const OF_ATS: readonly ProfileAddress['tab'][] = ['ats', 'feedback', 'attachments'];

export function ProfileSections({ profile, atsLabel, hasAts, address }: ProfileSectionsProps) {
  const navigate = useNavigate();
  const { id } = profile;
  const projects = useQuery(standingQuery([id])).data?.people[id]?.length ?? 0;
  if (address.only === 'ats') return <AtsHistory personId={id} name={profile.name} atsLabel={atsLabel} />;
  const shown =
    !hasAts && address.tab && OF_ATS.includes(address.tab) ? 'profile' : (address.tab ?? 'profile');
  return (
    <Tabs.Root
      className={css.root}
      value={shown}
      onValueChange={(tab) => void navigate(showing(readProfileAddress({ tab })))}
    >
      <Tabs.List className={css.list} aria-label={words.tabs}>
        <Tabs.Tab className={css.tab} value="profile">
          {words.tab}
        </Tabs.Tab>
        <Tabs.Tab className={css.tab} value="projects">
          {projectWords.person.tab(projects)}
        </Tabs.Tab>
        {hasAts && (
          <Tabs.Tab className={`${css.tab} ${css.ats}`} value="ats">
            {words.atsTab(atsLabel, profile.atsJobs)}
          </Tabs.Tab>
        )}
        <Tabs.Tab className={css.tab} value="messages">
          {words.messagesTab(profile.conversations)}
        </Tabs.Tab>
        {hasAts && (
          <>
            <Tabs.Tab className={css.tab} value="feedback">
              {own.feedback.tab(profile.feedback)}
            </Tabs.Tab>
            <Tabs.Tab className={css.tab} value="attachments">
              {own.attachments.tab(profile.attachments)}
            </Tabs.Tab>
          </>
        )}
        <Tabs.Tab className={css.tab} value="activities">
          {words.activitiesTab}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="profile">
        <MemberProfile profile={profile} />
      </Tabs.Panel>
      {hasAts && (
        <Tabs.Panel value="ats">
          <AtsHistory personId={id} name={profile.name} atsLabel={atsLabel} />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="projects">
        <PersonProjects personId={id} />
      </Tabs.Panel>
      <Tabs.Panel value="messages">
        <Suspense>
          <MessagesTab personId={id} name={profile.name} />
        </Suspense>
      </Tabs.Panel>
      {hasAts && (
        <>
          <Tabs.Panel value="feedback">
            <Suspense>
              <FeedbackTab personId={id} atsLabel={atsLabel} />
            </Suspense>
          </Tabs.Panel>
          <Tabs.Panel value="attachments">
            <Suspense>
              <AttachmentsTab personId={id} atsLabel={atsLabel} />
            </Suspense>
          </Tabs.Panel>
        </>
      )}
      <Tabs.Panel value="activities">
        <Suspense>
          <ActivitiesTab personId={id} />
        </Suspense>
      </Tabs.Panel>
    </Tabs.Root>
  );
}
