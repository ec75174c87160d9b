import { Popover } from '@base-ui/react/popover';
import type { AtsCardSection } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { Link, useMatch } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { atsCardQuery } from '../api/queries.ts';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { MailIcon, OutwardIcon } from '../elements/icons.tsx';
import { day, distance } from '../elements/moment.ts';
import { Time } from '../elements/time.tsx';
import { CardWhy } from '../matches/card-why.tsx';
import { messages } from '../messages.ts';
import css from './ats-card.module.css';

const words = messages.ats;
const MOST_SECTIONS = 3;

interface AtsCardProps {
  personId: string;
  label: string;
  viewAll: RefObject<HTMLAnchorElement | null>;
  /** Closes the card: what "View all" opens lies beside the list. */
  leave(): void;
}

/** Where this person stands in the ATS, in two seconds. */
export function AtsCard({ personId, label, viewAll, leave }: AtsCardProps) {
  const { data, error, isPending, isFetching, dataUpdatedAt, refetch } = useQuery(atsCardQuery(personId));
  const isWaiting = useDelayed(isPending);
  const sections = data?.sections.slice(0, MOST_SECTIONS) ?? [];
  const restCount = (data?.sections.length ?? 0) - sections.length;
  return (
    <div className={css.card} aria-busy={isPending} data-testid="ats-card">
      <Popover.Title className={sections.length > 1 ? 'visually-hidden' : css.title}>
        {words.profile(label)}
      </Popover.Title>
      {isPending && <Skeleton isShown={isWaiting} />}
      {error && !data && (
        <p className={css.failed} role="alert">
          {words.cardFailed(label)}
          <button
            type="button"
            className={button.text}
            aria-disabled={isFetching || undefined}
            onClick={() => void refetch()}
          >
            {messages.states.retry}
          </button>
        </p>
      )}
      {data && sections.length === 0 && <p className={css.nothing}>{words.nothing(label)}</p>}
      {sections.map((section) => (
        <Section
          key={section.ats.atsNo}
          section={section}
          seenAt={dataUpdatedAt}
          isNamed={sections.length > 1}
        />
      ))}
      <div className={css.foot}>
        <ViewAll personId={personId} viewAll={viewAll} leave={leave} />
        {restCount > 0 && <span className={css.muted}>{words.moreSections(restCount)}</span>}
      </div>
    </div>
  );
}

/** In results the person opens beside the list, which stays as it is and is one step back; elsewhere on the person's page. */
function ViewAll({ personId, viewAll, leave }: Omit<AtsCardProps, 'label'>) {
  const isInResults = useMatch({ from: '/shell/search', shouldThrow: false, select: () => true });
  const link = { ref: viewAll, className: css.viewAll, children: words.viewAll };
  if (!isInResults)
    return <Link {...link} to="/people/$id" params={{ id: personId }} search={{ tab: 'ats' }} />;
  return (
    <Link
      {...link}
      from="/search"
      search={(before) => ({ ...before, person: personId, tab: 'ats' })}
      state={({ listKey, __TSR_key }) => ({ listKey: listKey ?? __TSR_key })}
      resetScroll={false}
      onClick={leave}
    />
  );
}

interface SectionProps {
  section: AtsCardSection;
  seenAt: number;
  /** True where several ATSs stand below each other. */
  isNamed: boolean;
}

function Section({ section, seenAt, isNamed }: SectionProps) {
  const { ats, email, url, addedAt, activeJobs, pastJobs, newestJob, latestContact, syncedAt } = section;
  return (
    <section className={css.section}>
      {isNamed && <h3 className={css.title}>{words.profile(ats.name)}</h3>}
      {email && (
        <p className={css.email}>
          <MailIcon />
          <span>{email}</span>
        </p>
      )}
      {activeJobs + pastJobs === 0 ? (
        <p className={css.muted}>{words.noApplications(day(addedAt))}</p>
      ) : (
        <p className={css.jobs}>{words.jobs(activeJobs, pastJobs)}</p>
      )}
      {(newestJob || latestContact) && (
        <dl className={css.facts}>
          {newestJob && (
            <div className={css.fact} data-active={newestJob.isActive || undefined}>
              <dt className="visually-hidden">{words.newestJob}</dt>
              <dd>
                <span className={css.job} dir="auto">
                  {messages.atsTab.jobTitle(newestJob.title, newestJob.jobId)}
                </span>
                <span className={css.muted}>
                  {newestJob.stage ?? ''}
                  {newestJob.stage && newestJob.stageAt !== null && ' · '}
                  {newestJob.stageAt !== null && <Time at={newestJob.stageAt} />}
                </span>
              </dd>
            </div>
          )}
          {latestContact && (
            <div className={css.fact}>
              <dt className={css.term}>{words.latestContact}</dt>
              <dd>
                <bdi>{latestContact.author}</bdi>{' '}
                <span className={css.muted}>
                  · <Time at={latestContact.at} />
                </span>
              </dd>
            </div>
          )}
        </dl>
      )}
      <CardWhy atsNo={ats.atsNo} candidateId={section.candidateId} />
      <p className={css.source}>
        {url && (
          <a className={css.outward} href={url} target="_blank" rel="noopener noreferrer">
            {words.openIn(ats.name)}
            <OutwardIcon />
            <span className="visually-hidden">({messages.profile.opensElsewhere})</span>
          </a>
        )}
        <span className={css.synced}>{words.synced(distance(syncedAt, seenAt))}</span>
      </p>
    </section>
  );
}

function Skeleton({ isShown }: { isShown: boolean }) {
  return (
    <div className={css.skeleton} data-shown={isShown || undefined} aria-hidden="true">
      <span />
      <span />
      <span />
    </div>
  );
}
