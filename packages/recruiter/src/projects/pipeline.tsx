import type { PipelinePerson, ProjectPage } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouteContext } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { CardsIcon, TableIcon } from '../elements/icons.tsx';
import { clockTime } from '../elements/moment.ts';
import { usePaused } from '../matches/find-dialog.tsx';
import { useRowKeys } from '../search/row-keys.ts';
import { focusedId } from '../search/selection.tsx';
import { setPreference, usePreference } from '../shell/preferences.ts';
import { useSingleKey } from '../shell/single-key.ts';
import { ArchiveDialog } from './archive-dialog.tsx';
import { useChangePerson } from './change-person.ts';
import { MoveDialog } from './move-dialog.tsx';
import css from './pipeline.module.css';
import { PipelineBoard } from './pipeline-board.tsx';
import { PipelineTable } from './pipeline-table.tsx';
import type { ProjectAddress } from './project-address.ts';
import { ProjectSearch } from './project-search.tsx';
import { type PipelineAddress, pipelineQuery } from './queries.ts';
import { words as all } from './words.ts';

const words = all.pipeline;

/** What is open over the pipeline, and for whom. */
type Asking = { readonly what: 'move' | 'archive'; readonly entry: PipelinePerson } | null;

export function PipelineView({ project, address }: { project: ProjectPage; address: ProjectAddress }) {
  const { id } = project;
  const { stage, archived, page } = address;
  const { me } = useRouteContext({ from: '/shell' });
  const view = usePreference('pipeline');
  const { text, setText, q } = useSearchText(id, address);
  const filter: PipelineAddress = {
    ...(stage !== undefined && { stage }),
    ...(archived && { archived }),
    ...(q && { q }),
    ...(page && { page }),
  };
  const { data, error, isPending, refetch } = useQuery(pipelineQuery(id, filter));
  const isWaiting = useDelayed(isPending);
  const [asking, setAsking] = useState<Asking>(null);
  const change = useChangePerson(project);
  useRowKeys();
  useSingleKey('m', () => {
    const entry = data?.people.find(({ person }) => person.id === focusedId());
    if (entry && !archived) setAsking({ what: 'move', entry });
  });
  const shared = {
    project,
    me,
    people: data?.people ?? [],
    change,
    askMove: (entry: PipelinePerson) => setAsking({ what: 'move', entry }),
    askArchive: (entry: PipelinePerson) => setAsking({ what: 'archive', entry }),
  };
  const isBoard = view === 'board' && !archived;
  return (
    <div className={css.pipeline}>
      <StageList project={project} address={address} />
      <section className={css.main} aria-label={words.mine} aria-busy={isPending}>
        <div className={css.tools}>
          <ProjectSearch label={words.searchLabel} hint={words.searchHint} text={text} setText={setText} />
          <ViewSwitch />
        </div>
        {error && data && <Stale time={clockTime(data.answeredAt)} retry={() => void refetch()} />}
        {error && !data && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
        {isPending && isWaiting && <Skeleton />}
        {data && (
          <p className={css.total} role="status" data-testid="pipeline-total">
            {words.results(data.total)}
          </p>
        )}
        {data &&
          data.people.length === 0 &&
          !(isBoard && !q && stage === undefined && project.active > 0) && <Nobody id={id} filter={filter} />}
        {data &&
          data.people.length > 0 &&
          (isBoard ? <PipelineBoard {...shared} stage={stage} /> : <PipelineTable {...shared} />)}
        {data && data.total > data.pageSize && (
          <Pages id={id} address={address} total={data.total} size={data.pageSize} />
        )}
      </section>
      {asking?.what === 'move' && (
        <MoveDialog
          project={project}
          entry={asking.entry}
          move={(stageNo) => change.move(asking.entry, stageNo)}
          close={() => setAsking(null)}
        />
      )}
      {asking?.what === 'archive' && (
        <ArchiveDialog
          name={asking.entry.person.name}
          archive={(reason) => change.archive(asking.entry, reason)}
          close={() => setAsking(null)}
        />
      )}
    </div>
  );
}

/** What is typed goes into the address once nothing is typed for a moment. */
function useSearchText(id: string, address: ProjectAddress) {
  const [text, setText] = useState(address.q ?? '');
  const q = usePaused(text);
  const navigate = useNavigate();
  // Only what was typed moves the address: an address that moved by itself keeps its own text.
  const follow = useEffectEvent((typed: string) => {
    if (typed === (address.q ?? '')) return;
    const { q: _, page: __, ...rest } = address;
    void navigate({
      to: '/projects/$id',
      params: { id },
      search: { ...rest, ...(typed && { q: typed }) },
      replace: true,
      resetScroll: false,
    });
  });
  useEffect(() => follow(q), [q]);
  return { text, setText, q };
}

function StageList({
  project: { id, stages, active, archived },
  address,
}: {
  project: ProjectPage;
  address: ProjectAddress;
}) {
  const here = (isHere: boolean) => (isHere ? ('page' as const) : undefined);
  const entry = {
    to: '/projects/$id' as const,
    params: { id },
    activeOptions: { exact: true },
    activeProps: {},
    className: css.stage,
    resetScroll: false,
  };
  return (
    <nav className={css.stages} aria-label={words.mine}>
      <h2 className={css.stagesTitle}>{words.mine}</h2>
      <Link {...entry} search={{}} aria-current={here(address.stage === undefined && !address.archived)}>
        {words.active(active)}
      </Link>
      {stages.map(({ no, name, count }) => (
        <Link key={no} {...entry} search={{ stage: no }} aria-current={here(address.stage === no)}>
          <span className={css.stageName}>{words.stage(name, count)}</span>
        </Link>
      ))}
      <Link {...entry} search={{ archived: 'yes' }} aria-current={here(address.archived === 'yes')}>
        {words.archived(archived)}
      </Link>
    </nav>
  );
}

function Nobody({ id, filter }: { id: string; filter: PipelineAddress }) {
  const { q, stage, archived } = filter;
  const isWhole = !q && stage === undefined && !archived;
  return (
    <div className={css.empty}>
      <h2 className={css.emptyTitle}>
        {q
          ? words.emptyFound
          : archived
            ? words.emptyArchive
            : stage !== undefined
              ? words.emptyStage
              : words.empty}
      </h2>
      {isWhole ? (
        <>
          <p>{words.emptyHint}</p>
          <Link className={button.button} to="/projects/$id" params={{ id }} search={{ tab: 'pool' }}>
            {words.findPeople}
          </Link>
        </>
      ) : (
        !q && (
          <Link className={button.button} to="/projects/$id" params={{ id }} search={{}}>
            {words.showAll}
          </Link>
        )
      )}
    </div>
  );
}

function ViewSwitch() {
  const view = usePreference('pipeline');
  return (
    <fieldset className={css.views}>
      <legend className="visually-hidden">{words.view}</legend>
      {(['table', 'board'] as const).map((each) => (
        <label key={each} className={css.view} title={words[each]}>
          <input
            className="visually-hidden"
            type="radio"
            name="pipeline-view"
            checked={view === each}
            onChange={() => setPreference('pipeline', each)}
            aria-label={words[each]}
          />
          {each === 'board' ? <CardsIcon /> : <TableIcon />}
        </label>
      ))}
    </fieldset>
  );
}

function Pages({
  id,
  address,
  total,
  size,
}: {
  id: string;
  address: ProjectAddress;
  total: number;
  size: number;
}) {
  const page = address.page ?? 1;
  const { page: _, ...rest } = address;
  const to = { to: '/projects/$id' as const, params: { id }, className: button.button };
  return (
    <nav className={css.pages} aria-label={words.results(total)}>
      {page > 1 && (
        <Link {...to} search={page > 2 ? { ...rest, page: page - 1 } : rest}>
          {words.previous}
        </Link>
      )}
      {page * size < total && (
        <Link {...to} search={{ ...rest, page: page + 1 }}>
          {words.next}
        </Link>
      )}
    </nav>
  );
}

function Skeleton() {
  return (
    <div className={css.people} aria-hidden="true" data-testid="skeleton">
      {[1, 2, 3].map((row) => (
        <span key={row} className={css.bone} />
      ))}
    </div>
  );
}
