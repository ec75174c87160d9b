import type { Education, Position, Profile } from '@carrick/protocol/recruiter';
import { type ReactNode, useId } from 'react';
import { OutwardIcon } from '../elements/icons.tsx';
import { month } from '../elements/moment.ts';
import { messages } from '../messages.ts';
import { dotted } from '../search/person-words.ts';
import css from './member-profile.module.css';
import { Skills } from './skills.tsx';

const words = messages.profile;

/** What the person says of themselves. */
export function MemberProfile({ profile }: { profile: Profile }) {
  const { summary, current, past, educations, skills, recommendations, websites } = profile;
  const positions = [...current, ...past];
  const isBare =
    !summary && [positions, educations, skills, recommendations, websites].every((list) => list.length === 0);
  if (isBare) return <p className={css.bare}>{words.bare}</p>;
  return (
    <div className={css.sections}>
      {summary && (
        <Section title={words.summary}>
          <p className={css.text} dir="auto">
            {summary}
          </p>
        </Section>
      )}
      {positions.length > 0 && (
        <Section title={words.experience}>
          <ol className={css.entries}>
            {positions.map((position) => (
              <Entry
                key={`${position.title} ${position.companyName} ${position.startDate}`}
                title={position.title ?? position.companyName}
                detail={position.title ? position.companyName : null}
                period={period(position, current.includes(position))}
              />
            ))}
          </ol>
        </Section>
      )}
      {educations.length > 0 && (
        <Section title={words.education}>
          <ol className={css.entries}>
            {educations.map((education) => (
              <Entry
                key={`${education.school} ${education.degree} ${education.startDate}`}
                title={education.school}
                detail={dotted(education.degree, education.field)}
                period={period(education, false)}
              />
            ))}
          </ol>
        </Section>
      )}
      {skills.length > 0 && (
        <Section title={words.skills}>
          <Skills skills={skills} />
        </Section>
      )}
      {recommendations.length > 0 && (
        <Section title={words.recommendations}>
          {recommendations.map(({ author, authorTitle, text }) => (
            <figure key={`${author} ${text.slice(0, 40)}`} className={css.recommendation}>
              <blockquote className={css.quote} dir="auto">
                {text}
              </blockquote>
              <figcaption className={css.author} dir="auto">
                {dotted(author, authorTitle)}
              </figcaption>
            </figure>
          ))}
        </Section>
      )}
      {websites.length > 0 && (
        <Section title={words.websites}>
          <ul className={css.websites}>
            {websites.map((address) => (
              <li key={address}>
                <Website address={address} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <h2 id={id} className={css.title}>
        {title}
      </h2>
      {children}
    </section>
  );
}

function Entry({ title, detail, period }: { title: string | null; detail: string | null; period: string }) {
  return (
    <li className={css.entry}>
      <div>
        <p className={css.entryTitle} dir="auto">
          {title}
        </p>
        {detail && <p dir="auto">{detail}</p>}
      </div>
      {period && <p className={css.period}>{period}</p>}
    </li>
  );
}

function period({ startDate, endDate }: Position | Education, isCurrent: boolean): string {
  const end = endDate ? month(endDate) : isCurrent ? messages.person.present : '';
  if (!startDate) return endDate ? end : '';
  return end ? messages.person.period(month(startDate), end) : month(startDate);
}

/** An address that came from outside becomes a link only when it is one of the web. */
function Website({ address }: { address: string }) {
  const url = URL.parse(address) ?? URL.parse(`https://${address}`);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return address;
  return (
    <a className={css.website} href={url.href} target="_blank" rel="noopener noreferrer nofollow">
      {address}
      <OutwardIcon />
      <span className="visually-hidden">({words.opensElsewhere})</span>
    </a>
  );
}
