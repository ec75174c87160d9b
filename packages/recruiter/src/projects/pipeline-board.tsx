import type { PipelinePerson, ProjectStage } from '@carrick/protocol/recruiter';
import { type DragEvent, useState } from 'react';
import { AtsChip } from '../ats-card/ats-chip.tsx';
import { Avatar } from '../elements/avatar.tsx';
import { Time } from '../elements/time.tsx';
import { PersonLink } from '../search/person-link.tsx';
import { describePosition } from '../search/person-words.ts';
import css from './pipeline-board.module.css';
import { type PipelineListProps, PipelineMenu } from './pipeline-table.tsx';
import { words as all } from './words.ts';

const words = all.pipeline;
const TYPE = 'application/x-carrick-person';

/** A column for each stage; cards are dragged between them, or moved by their menu or the key `m`. */
export function PipelineBoard({ stage, ...props }: PipelineListProps & { stage: number | undefined }) {
  const { project, people, change } = props;
  const shown = project.stages.filter(({ no }) => stage === undefined || no === stage);
  const drop = (personId: string, stageNo: number) => {
    const entry = people.find(({ person }) => person.id === personId);
    if (entry) void change.move(entry, stageNo);
  };
  return (
    <>
      <p className={css.hint}>{words.dragHint}</p>
      <div className={css.board} data-testid="board">
        {shown.map((each) => (
          <Column
            key={each.no}
            {...props}
            column={each}
            people={people.filter(({ stageNo }) => stageNo === each.no)}
            drop={(personId) => drop(personId, each.no)}
          />
        ))}
      </div>
    </>
  );
}

function Column({
  column: { name, count },
  people,
  drop,
  ...props
}: PipelineListProps & { column: ProjectStage; drop(personId: string): void }) {
  const [isOver, setOver] = useState(false);
  const accepts = (event: DragEvent) => event.dataTransfer.types.includes(TYPE);
  return (
    <section
      className={css.column}
      data-over={isOver || undefined}
      aria-label={words.stage(name, count)}
      onDragOver={(event) => {
        if (!accepts(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
          setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!accepts(event)) return;
        event.preventDefault();
        drop(event.dataTransfer.getData(TYPE));
      }}
    >
      <h2 className={css.title}>{words.stage(name, count)}</h2>
      <ul className={css.cards}>
        {people.length === 0 && <li className={css.nobody}>{words.emptyColumn}</li>}
        {people.map((entry) => (
          <Card key={entry.person.id} {...props} people={people} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Card({ entry, me, ...asks }: PipelineListProps & { entry: PipelinePerson }) {
  const { person, movedAt } = entry;
  const [isDragged, setDragged] = useState(false);
  return (
    <li
      className={css.card}
      data-row
      data-dragged={isDragged || undefined}
      draggable
      onDragStart={({ dataTransfer }) => {
        dataTransfer.setData(TYPE, person.id);
        dataTransfer.effectAllowed = 'move';
        setDragged(true);
      }}
      onDragEnd={() => setDragged(false)}
    >
      <div className={css.head}>
        <Avatar name={person.name} url={person.pictureUrl} size="line" />
        <PersonLink person={person} className={css.name} />
        <PipelineMenu
          entry={entry}
          project={asks.project}
          change={asks.change}
          askMove={asks.askMove}
          askArchive={asks.askArchive}
        />
      </div>
      <p className={css.detail} dir="auto">
        {person.current[0] ? describePosition(person.current[0]) : person.headline}
      </p>
      <div className={css.foot}>
        <AtsChip personId={person.id} name={person.name} atss={person.inAts} atsLabel={me.atsLabel} />
        <span className={css.detail}>
          <Time at={movedAt} />
        </span>
      </div>
    </li>
  );
}
