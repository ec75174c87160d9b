import type { PathPerson, WidgetMember } from '@carrick/protocol';
import type { Desk } from './desk.ts';
import { Avatar, Block, Growing } from './elements.tsx';
import { positionText } from './facts.tsx';
import type { Words } from './words.ts';

const FIRST_SKILLS = 11;

/** The tab "Profile". */
export function Sections({ person, desk: { words } }: { person: WidgetMember; desk: Desk }) {
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
              {positionText(position, words)} <Span {...position} words={words} />
            </li>
          ))}
        </ul>
      </Block>
      <Block title={words.education} empty={educations.length === 0 && words.noEducation}>
        <ul class="entries">
          {educations.map((education, no) => (
            <li key={no}>
              {[education.school, education.degree, education.field].filter(Boolean).join(', ')}{' '}
              <Span {...education} words={words} />
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

function Span({
  startDate,
  endDate,
  words,
}: {
  startDate: string | null;
  endDate: string | null;
  words: Words;
}) {
  if (startDate === null && endDate === null) return null;
  return (
    <span class="muted">
      {startDate ?? '…'} – {endDate ?? words.today}
    </span>
  );
}
