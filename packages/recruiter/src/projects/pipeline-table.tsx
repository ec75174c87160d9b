import { Menu } from '@base-ui/react/menu';
import type { Me, PipelinePerson, ProjectPage } from '@carrick/protocol/recruiter';
import { AtsChip } from '../ats-card/ats-chip.tsx';
import { Avatar } from '../elements/avatar.tsx';
import overlay from '../elements/overlay.module.css';
import { Time } from '../elements/time.tsx';
import { PersonLink } from '../search/person-link.tsx';
import { describePosition, dotted } from '../search/person-words.ts';
import { RowMenu } from '../search/row-menu.tsx';
import type { ChangePerson } from './change-person.ts';
import css from './pipeline.module.css';
import { words as all } from './words.ts';

const words = all.pipeline;

export interface PipelineListProps {
  project: ProjectPage;
  me: Me;
  people: readonly PipelinePerson[];
  change: ChangePerson;
  askMove(entry: PipelinePerson): void;
  askArchive(entry: PipelinePerson): void;
}

export function PipelineTable({ project, me, people, ...asks }: PipelineListProps) {
  const { columns } = words;
  return (
    <div className={css.frame}>
      <table className={css.table} data-testid="pipeline">
        <thead>
          <tr>
            <th scope="col">{columns.person}</th>
            <th scope="col" className={css.stageColumn}>
              {columns.stage}
            </th>
            <th scope="col" className={css.lastColumn}>
              {columns.last}
            </th>
            <th scope="col" className={css.actionColumn}>
              <span className="visually-hidden">{columns.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((entry) => (
            <Row key={entry.person.id} entry={entry} project={project} me={me} {...asks} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ entry, project, me, ...asks }: Omit<PipelineListProps, 'people'> & { entry: PipelinePerson }) {
  const { person, stageNo, movedAt, movedBy, archivedAt, archiveReason } = entry;
  const stage = project.stages.find(({ no }) => no === stageNo);
  return (
    <tr className={css.tableRow} data-row>
      <th scope="row" className={css.person}>
        <span className={css.personLine}>
          <Avatar name={person.name} url={person.pictureUrl} size="line" />
          <span className={css.who}>
            <PersonLink person={person} className={css.name} />
            <span className={css.detail} dir="auto">
              {dotted(
                person.current[0] ? describePosition(person.current[0]) : person.headline,
                person.location,
              )}
            </span>
            <span className={css.signs}>
              <AtsChip personId={person.id} name={person.name} atss={person.inAts} atsLabel={me.atsLabel} />
            </span>
          </span>
        </span>
      </th>
      <td className={css.stageColumn}>
        {archivedAt === null ? (
          <button
            type="button"
            className={css.stageButton}
            aria-label={`${stage?.name ?? ''}: ${words.moveTo} ${person.name}`}
            onClick={() => asks.askMove(entry)}
          >
            {stage?.name}
          </button>
        ) : (
          <span className={css.detail}>{stage?.name}</span>
        )}
      </td>
      <td className={css.lastColumn}>
        <Time at={movedAt} /> <span className={css.detail}>{words.by(movedBy)}</span>
        {archiveReason && <span className={css.detail}>{words.reason(archiveReason)}</span>}
      </td>
      <td className={css.actionColumn}>
        <PipelineMenu entry={entry} project={project} {...asks} />
      </td>
    </tr>
  );
}

/** What a pipeline adds to a person's menu. */
export function PipelineMenu({
  entry,
  project,
  change,
  askMove,
  askArchive,
}: Pick<PipelineListProps, 'project' | 'change' | 'askMove' | 'askArchive'> & { entry: PipelinePerson }) {
  return (
    <RowMenu person={entry.person} project={project}>
      <div className={overlay.rule} />
      {entry.archivedAt === null ? (
        <>
          <Menu.Item className={overlay.item} onClick={() => askMove(entry)}>
            <span className={overlay.mark} />
            {words.moveTo}
            <kbd className={css.key}>m</kbd>
          </Menu.Item>
          <Menu.Item className={overlay.item} onClick={() => askArchive(entry)}>
            <span className={overlay.mark} />
            {words.archive}
          </Menu.Item>
        </>
      ) : (
        <Menu.Item className={overlay.item} onClick={() => void change.restore(entry)}>
          <span className={overlay.mark} />
          {words.restore}
        </Menu.Item>
      )}
    </RowMenu>
  );
}
