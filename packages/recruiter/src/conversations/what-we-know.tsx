import type { PersonMessages } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { atsCardQuery } from '../api/queries.ts';
import button from '../elements/button.module.css';
import { Time } from '../elements/time.tsx';
import { messages } from '../messages.ts';
import css from './composer.module.css';
import { words } from './words.ts';

/** Where the person stands in the ATS, who was in touch when, and what was said before: in sight while writing. */
export function WhatWeKnow({ known }: { known: PersonMessages }) {
  const { person, conversations } = known;
  const card = useQuery(atsCardQuery(person.id));
  const [last] = conversations;
  return (
    <aside className={css.known} aria-label={words.known}>
      <h3 className={css.knownTitle}>{words.known}</h3>
      {person.headline && <p dir="auto">{person.headline}</p>}
      <h4 className={css.term}>{words.lastContact}</h4>
      {last ? (
        <p>
          <bdi>{last.isOwn ? words.you : last.by}</bdi> · <Time at={last.at} />
        </p>
      ) : (
        <p className={css.hint}>{words.nobody}</p>
      )}
      {card.error && !card.data && (
        <p className={css.hint} role="alert">
          {words.knownFailed}{' '}
          <button type="button" className={button.text} onClick={() => void card.refetch()}>
            {messages.states.retry}
          </button>
        </p>
      )}
      {card.data?.sections.map((section) => (
        <section key={section.ats.atsNo}>
          <h4 className={`${css.term} ${css.ats}`}>{messages.ats.chip(section.ats.name)}</h4>
          <p>
            {section.activeJobs + section.pastJobs > 0
              ? messages.ats.jobs(section.activeJobs, section.pastJobs)
              : messages.ats.nothing(section.ats.name)}
          </p>
          {section.newestJob && (
            <p dir="auto">
              {messages.atsTab.jobTitle(section.newestJob.title, section.newestJob.jobId)}
              {section.newestJob.stage && ` · ${section.newestJob.stage}`}
            </p>
          )}
          {section.latestContact && (
            <p className={css.hint}>
              {messages.ats.latestContact}: <bdi>{section.latestContact.author}</bdi> ·{' '}
              <Time at={section.latestContact.at} />
            </p>
          )}
        </section>
      ))}
      {conversations.length > 0 && <h4 className={css.term}>{words.earlier}</h4>}
      <ol className={css.earlier}>
        {conversations.slice(0, 5).map(({ conversationId, by, isOwn, at, state, thread }) => (
          <li key={conversationId}>
            <p>
              <bdi>{isOwn ? words.you : by}</bdi> · <Time at={at} />
              {thread && ` · ${words.states[state]}`}
            </p>
            {thread?.messages.slice(-2).map((message) => (
              <p key={message.no} className={css.excerpt} dir="auto">
                {message.isFromMember && <bdi>{message.author}: </bdi>}
                {message.body || words.quick[message.kind]}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </aside>
  );
}
