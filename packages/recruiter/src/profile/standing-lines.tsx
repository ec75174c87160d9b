import type { AtsEntry, PersonInProject } from '@carrick/protocol/recruiter';
import { Link } from '@tanstack/react-router';
import { Knot } from '../elements/icons.tsx';
import { Time } from '../elements/time.tsx';
import { messages } from '../messages.ts';
import { showing } from './profile-address.ts';
import css from './standing-lines.module.css';
import { words as all } from './words.ts';

const words = all.standing;
/** More would push the tabs off the screen. */
const MOST_PROJECTS = 3;

interface StandingLinesProps {
  projects: readonly PersonInProject[];
  entries: readonly AtsEntry[];
}

/** How far the person is in each active project and each ATS: one line each, with the latest step and its date. */
export function StandingLines({ projects, entries }: StandingLinesProps) {
  if (projects.length + entries.length === 0) return null;
  const restCount = projects.length - MOST_PROJECTS;
  return (
    <ul className={css.lines} aria-label={words.label} data-testid="standing-lines">
      {projects.slice(0, MOST_PROJECTS).map(({ projectId, title, stage, at }) => (
        <li key={projectId} className={css.line}>
          <Link className={css.title} to="/projects/$id" params={{ id: projectId }} dir="auto">
            {title}
          </Link>
          <Step stage={stage} at={at} />
        </li>
      ))}
      {restCount > 0 && (
        <li className={css.line}>
          <Link {...showing({ tab: 'projects' })}>{words.moreProjects(restCount)}</Link>
        </li>
      )}
      {entries.map(({ ats, job, at }) => (
        <li key={ats.atsNo} className={css.line}>
          {job ? (
            <Link className={css.title} {...showing({ tab: 'ats' })} dir="auto">
              {messages.atsTab.jobTitle(job.title, job.jobId)}
            </Link>
          ) : (
            <span>{words.noApplication}</span>
          )}
          <Step stage={job?.stage ?? null} at={at} />
          <span className={css.ats}>
            <Knot size={12} />
            {words.inYourAts(ats.name)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Step({ stage, at }: { stage: string | null; at: number }) {
  return (
    <span>
      {stage !== null && (
        <>
          <bdi>{stage}</bdi>
          {' · '}
        </>
      )}
      <Time at={at} />
    </span>
  );
}
