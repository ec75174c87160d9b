import { Dialog } from '@base-ui/react/dialog';
import {
  EXPORTED_FIELDS,
  type ExportAnswer,
  type ExportJob,
  type ExportOptions,
  type ExportRequest,
} from '@carrick/protocol/exports';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { personKey } from '../api/queries.ts';
import { RequestFailure, request } from '../api/request.ts';
import button from '../elements/button.module.css';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import { Failure } from '../elements/failure.tsx';
import { WarningIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { explainRefusal } from '../language.ts';
import { announce } from '../shell/announcer.tsx';
import css from './export-dialog.module.css';
import { JobField } from './job-field.tsx';
import { lastAts, rememberAts } from './last-ats.ts';
import { MissingJobs } from './missing-jobs.tsx';
import { closeExport, type ExportPerson, type OpenedExport } from './open-export.ts';
import { exportJobsQuery, exportOptionsQuery } from './queries.ts';
import { words } from './words.ts';

/** Sends one person, or several, to a job of the ATS. */
export function ExportDialog({ opened }: { opened: OpenedExport }) {
  const jobInput = useRef<HTMLInputElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const { data, error, refetch } = useQuery(exportOptionsQuery);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && closeExport()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup
          ref={popup}
          className={`${overlay.dialog} ${css.dialog}`}
          initialFocus={() => jobInput.current ?? popup.current}
          finalFocus={() => (opened.opener?.isConnected ? opened.opener : true)}
          tabIndex={-1}
          data-testid="export-dialog"
        >
          <DialogHeading title={words.title} closeLabel={words.close} />
          {error && !data && (
            <Failure title={words.optionsFailed} error={error} retry={() => void refetch()} />
          )}
          {!error && !data && <div className={css.loading} aria-busy="true" data-testid="skeleton" />}
          {data && <Prepared opened={opened} options={data} input={jobInput} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ExportFormProps {
  opened: OpenedExport;
  options: ExportOptions;
  input: RefObject<HTMLInputElement | null>;
}

/** With the project's job, once it is known whether this viewer may export to it. */
function Prepared(props: ExportFormProps) {
  const { job } = props.opened;
  const isOffered = job !== null && props.options.atss.some(({ atsNo }) => atsNo === job.atsNo);
  const { data, isPending } = useQuery({
    ...exportJobsQuery(job?.atsNo ?? 0, job?.jobId ?? ''),
    enabled: isOffered,
  });
  if (isOffered && isPending) return <div className={css.loading} aria-busy="true" data-testid="skeleton" />;
  const tied = isOffered ? data?.jobs.find(({ id }) => id === job.jobId) : undefined;
  return <ExportForm {...props} tied={tied && job ? { atsNo: job.atsNo, job: tied } : null} />;
}

function ExportForm({
  opened,
  options: { atss, quota, admins },
  input,
  tied,
}: ExportFormProps & { tied: { atsNo: number; job: ExportJob } | null }) {
  const atsId = useId();
  const [atsNo, setAtsNo] = useState(() => tied?.atsNo ?? lastAts(atss));
  const [job, setJob] = useState<ExportJob | null>(tied?.job ?? null);
  const ats = atss.find((each) => each.atsNo === atsNo);
  const allowed = opened.people.filter((person) => person.isExportable);
  const { press, anyway, isBusy, problem, unsettled } = usePress(opened, allowed, ats);
  // It was not there yet when the dialog opened and looked for what to focus; a frame later, because the dialog takes the focus of
  // a button that has gone ("Try again") to itself.
  useEffect(() => {
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [input]);
  const isFull = quota.used >= quota.most;
  if (!ats) return <p>{words.optionsFailed}</p>;
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (job && !isBusy) press(job);
      }}
    >
      <Who people={opened.people} allowed={allowed} />
      {atss.length > 1 && (
        <div className={css.select}>
          <label className={css.label} htmlFor={atsId}>
            {words.ats}
          </label>
          <select
            id={atsId}
            className={css.choice}
            value={atsNo}
            onChange={(event) => {
              setAtsNo(Number(event.target.value));
              setJob(null);
            }}
          >
            {atss.map((each) => (
              <option key={each.atsNo} value={each.atsNo}>
                {each.name}
              </option>
            ))}
          </select>
        </div>
      )}
      <JobField
        key={atsNo}
        ats={ats}
        job={job}
        choose={setJob}
        input={input}
        help={<MissingJobs ats={ats} admins={admins} />}
      />
      <p className={css.sent}>{words.sent(EXPORTED_FIELDS)}</p>
      {quota.used >= quota.most * 0.8 && (
        <p className={css.quota} role={isFull ? 'alert' : undefined}>
          {isFull ? words.quotaReached(quota.most, quota.resetsAt) : words.quota(quota.used, quota.most)}
        </p>
      )}
      {problem && (
        <div className={css.problem} role="alert">
          <WarningIcon />
          <p>
            {problem} {unsettled && words.anywayQuestion}
          </p>
        </div>
      )}
      <div className={css.buttons}>
        {/* Which of the two Enter presses is said by the focus: after a question it is Cancel. */}
        <Dialog.Close key={unsettled ? 'asked' : 'plain'} className={button.button} autoFocus={unsettled}>
          {words.cancel}
        </Dialog.Close>
        {unsettled && job ? (
          <button
            type="button"
            className={`${button.button} ${button.primary}`}
            disabled={isBusy}
            onClick={() => anyway(job)}
          >
            {isBusy ? words.exporting : words.anyway}
          </button>
        ) : (
          <button
            type="submit"
            className={`${button.button} ${button.primary}`}
            disabled={!job || isFull || allowed.length === 0}
            aria-busy={isBusy}
          >
            {isBusy ? words.exporting : words.export}
          </button>
        )}
      </div>
    </form>
  );
}

/** The press, its busy time and what came of it. `unsettled`: somebody is on the job already, and the user has not said what then. */
function usePress(
  { key, people }: OpenedExport,
  allowed: readonly ExportPerson[],
  ats: ExportOptions['atss'][number] | undefined,
) {
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState('');
  const [asked, setAsked] = useState<readonly string[]>([]);
  const { mutate, isPending } = useMutation({
    mutationFn: (body: ExportRequest) => request<ExportAnswer>('/app/api/exports', { method: 'POST', body }),
    onSuccess(answer, { people: sent, atsNo }) {
      rememberAts(atsNo);
      for (const id of sent) void queryClient.invalidateQueries({ queryKey: personKey(id) });
      const taken = answer.outcomes.filter((outcome) => 'exportId' in outcome);
      const refused = answer.outcomes.flatMap((outcome) => ('code' in outcome ? [outcome] : []));
      announce(
        words.began(
          whoOf(
            taken.map(({ person }) => person),
            people,
          ),
          ats?.name ?? '',
        ),
      );
      if (refused.length === 0) return closeExport();
      setAsked(refused.filter(({ code }) => code === ON_JOB).map(({ person }) => person));
      // One sentence for all whom it concerns.
      setProblem([...new Set(refused.map(explainRefusal))].join(' '));
    },
    onError(error, { people: sent }) {
      const isQuestion = error instanceof RequestFailure && error.code === ON_JOB;
      setAsked(isQuestion ? sent : []);
      setProblem(error.message);
    },
  });
  const send = (job: ExportJob, ids: readonly string[], isConfirmed: boolean) => {
    if (!ats || isPending) return;
    setProblem('');
    mutate({ key, people: ids, atsNo: ats.atsNo, jobId: job.id, isConfirmed });
  };
  return {
    isBusy: isPending,
    problem,
    unsettled: asked.length > 0,
    press: (job: ExportJob) =>
      send(
        job,
        allowed.map(({ id }) => id),
        false,
      ),
    anyway: (job: ExportJob) => send(job, asked, true),
  };
}

const ON_JOB = 'EXPORT_ALREADY_ON_JOB';

function whoOf(ids: readonly string[], people: readonly ExportPerson[]): string {
  const [only, ...others] = ids;
  const name = people.find(({ id }) => id === only)?.name ?? '';
  return others.length === 0 ? name : words.several(ids.length);
}

function Who({ people, allowed }: { people: readonly ExportPerson[]; allowed: readonly ExportPerson[] }) {
  const [only, ...others] = people;
  if (only && others.length === 0) {
    return (
      <div className={css.who}>
        <p className={css.name} dir="auto">
          {only.name}
        </p>
        {only.headline && <p dir="auto">{only.headline}</p>}
        {only.summary && (
          <p className={css.summary} dir="auto">
            {only.summary}
          </p>
        )}
        {allowed.length === 0 && <p role="alert">{words.withdrawn}</p>}
      </div>
    );
  }
  const refused = people.filter((person) => !person.isExportable);
  return (
    <div className={css.who}>
      <p className={css.name}>
        {refused.length === 0 ? words.several(people.length) : words.some(allowed.length, people.length)}
      </p>
      {refused.length > 0 && <p>{words.notAllowed(refused.map(({ name }) => name))}</p>}
    </div>
  );
}
