import type { PathPerson, WidgetMember } from '@carrick/protocol';
import type { Desk } from './desk.ts';
import { Avatar, Block, Growing } from './elements.tsx';
import { positionText } from './facts.tsx';
import type { Words } from './words.ts';

const FIRST_SKILLS = 11;

/** The tab "Profile". */
export function Sections({ person, desk }: { person: WidgetMember; desk: Desk }) {
  const { words } = desk;
  const { paths, summary, skills, recommendations, educations } = person;
  const positions = [...person.current, ...person.past];
  return (
    <>
      {paths.length > 0 && (
        <Block title={words.path}>
          <Growing
            class="paths"
            items={paths.map((path) => (
              <Path key={path.map(({ id }) => id).join()} path={[...path, person]} words={words} />
            ))}
            first={1}
            more={words.morePaths}
            fewer={words.fewer}
            shown={words.pathsShown}
          />
        </Block>
      )}
      {summary && (
        <Block title={words.summary}>
          <p class="written">{summary}</p>
        </Block>
      )}
      <Block title={words.skills} empty={skills.length === 0 && words.noSkills}>
        <Growing
          class="skills"
          items={skills}
          first={FIRST_SKILLS}
          more={words.moreSkills}
          fewer={words.fewer}
          shown={words.skillsShown}
        />
      </Block>
      <Block title={words.recommendations} empty={recommendations.length === 0 && words.noRecommendations}>
        <ul class="quotes">
          {recommendations.map(({ author, authorTitle, text }) => (
            <li key={`${author} ${text}`}>
              <Avatar name={author} url={null} />
              <div>
                <strong>{author}</strong>
                {authorTitle && <div class="muted">{authorTitle}</div>}
                <blockquote>{text}</blockquote>
              </div>
            </li>
          ))}
        </ul>
      </Block>
      <Block title={words.experience} empty={positions.length === 0 && words.noExperience}>
        <ul class="entries">
          {positions.map((position, no) => (
            <li key={no}>
              {positionText(position, words)} <Span {...position} isOngoing desk={desk} />
            </li>
          ))}
        </ul>
      </Block>
      <Block title={words.education} empty={educations.length === 0 && words.noEducation}>
        <ul class="entries">
          {educations.map((education, no) => (
            <li key={no}>
              {[education.school, education.degree, education.field].filter(Boolean).join(', ')}{' '}
              <Span {...education} desk={desk} />
            </li>
          ))}
        </ul>
      </Block>
    </>
  );
}

function Path({ path, words }: { path: readonly PathPerson[]; words: Words }) {
  return (
    <>
      {words.you}
      {path.map(({ id, name }) => (
        <span key={id}>
          {' → '}
          <a href={`/people/${id}`} target="_blank" rel="noopener">
            {name}
          </a>
        </span>
      ))}
    </>
  );
}

/** "2019-03" is a month, "2019" a year; in the reader's language. */
function dateText(date: string, lang: string): string {
  const [year, month] = date.split('-').map(Number);
  if (year === undefined || month === undefined) return date;
  const style = { year: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(lang.replace('_', '-'), style).format(Date.UTC(year, month - 1));
}

function Span({
  startDate,
  endDate,
  isOngoing = false,
  desk: { words, frame },
}: {
  startDate: string | null;
  endDate: string | null;
  /** Without an end it lasts until today. */
  isOngoing?: boolean;
  desk: Desk;
}) {
  const end = endDate === null ? isOngoing && words.today : dateText(endDate, frame.lang);
  const span = [startDate && dateText(startDate, frame.lang), end].filter(Boolean);
  return <span class="muted">{span.join(' – ')}</span>;
}
