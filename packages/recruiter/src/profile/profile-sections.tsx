import { Tabs } from '@base-ui/react/tabs';
import type { Profile } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { messages } from '../messages.ts';
import { PersonProjects } from '../projects/person-projects.tsx';
import { standingQuery } from '../projects/queries.ts';
import { words as projectWords } from '../projects/words.ts';
import type { ProfileAddress } from '../router.tsx';
import { AtsHistory } from './ats-history.tsx';
import { MemberProfile } from './member-profile.tsx';
import css from './tabs.module.css';

const words = messages.profile;

interface ProfileSectionsProps {
  profile: Profile;
  atsLabel: string;
  /** False on a contract without an enabled ATS: then there is no tab of one. */
  hasAts: boolean;
  address: ProfileAddress;
}

export function ProfileSections({ profile, atsLabel, hasAts, address }: ProfileSectionsProps) {
  const navigate = useNavigate();
  const { id } = profile;
  const projects = useQuery(standingQuery([id])).data?.people[id]?.length ?? 0;
  if (address.only === 'ats') return <AtsHistory personId={id} name={profile.name} atsLabel={atsLabel} />;
  return (
    <Tabs.Root
      className={css.root}
      value={address.tab ?? 'profile'}
      onValueChange={(tab) =>
        void navigate({
          to: '/people/$id',
          params: { id },
          search: tab === 'ats' || tab === 'projects' ? { tab } : {},
          replace: true,
          resetScroll: false,
        })
      }
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
      </Tabs.List>
      <Tabs.Panel value="profile">
        <MemberProfile profile={profile} />
      </Tabs.Panel>
      <Tabs.Panel value="projects">
        <PersonProjects personId={id} />
      </Tabs.Panel>
      <Tabs.Panel value="ats">
        <AtsHistory personId={id} name={profile.name} atsLabel={atsLabel} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}
