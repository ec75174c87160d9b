import {
  PREVIEW_FEATURES,
  type PreviewAnswer,
  type PreviewedJob,
  type PreviewFeature,
} from '@carrick/protocol/administration';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { request } from '../api/request.ts';
import button from '../elements/button.module.css';
import { Failure } from '../elements/failure.tsx';
import css from './admin-page.module.css';
import { peopleQuery } from './queries.ts';
import { Region } from './region.tsx';
import { words } from './words.ts';

/** Asked only on purpose: every look is written down. */
export function Preview({ seat: given }: { seat: string | undefined }) {
  const people = useQuery(peopleQuery);
  const client = useQueryClient();
  const [chosen, setChosen] = useState(given);
  const [feature, setFeature] = useState<PreviewFeature>('indicator');
  const [q, setQ] = useState('');
  const look = useMutation({
    mutationFn: (body: { seatId: string; feature: PreviewFeature; q: string }) =>
      request<PreviewAnswer>('/app/api/admin/preview', { method: 'POST', body }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['admin', 'audit'] }),
  });
  return (
    <Region query={people}>
      {({ seats }) => {
        const seatId = seats.find((each) => each.seatId === chosen)?.seatId ?? seats[0]?.seatId ?? '';
        const submit = (event?: FormEvent) => {
          event?.preventDefault();
          look.mutate({ seatId, feature, q });
        };
        return (
          <>
            <form className={css.filters} onSubmit={submit}>
              <label>
                {words.person}
                <select
                  className={css.select}
                  value={seatId}
                  onChange={(event) => setChosen(event.target.value)}
                >
                  {seats.map((each) => (
                    <option key={each.seatId} value={each.seatId}>
                      {each.name}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                {words.featureOf}
                <select
                  className={css.select}
                  value={feature}
                  onChange={(event) =>
                    setFeature(PREVIEW_FEATURES.find((each) => each === event.target.value) ?? 'indicator')
                  }
                >
                  {PREVIEW_FEATURES.map((each) => (
                    <option key={each} value={each}>
                      {words.previewFeatures[each]}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                {words.job}
                <input className={css.input} value={q} onChange={(event) => setQ(event.target.value)} />
              </label>
              <button
                type="submit"
                className={`${button.button} ${button.primary}`}
                aria-disabled={look.isPending || undefined}
              >
                {words.show}
              </button>
            </form>
            {look.error && <Failure title={words.failed} error={look.error} retry={() => submit()} />}
            {look.data && <Result answer={look.data} />}
            {!look.data && !look.error && <p className={`${css.card} ${css.empty}`}>{words.previewHint}</p>}
          </>
        );
      }}
    </Region>
  );
}

function Result({ answer: { seat, visible, hidden, jobs } }: { answer: PreviewAnswer }) {
  return (
    <section className={css.card} aria-labelledby="preview" data-testid="preview">
      <div className={css.cardHead} role="status">
        <h2 className={css.cardTitle} id="preview">
          {words.previewResult(seat, visible, hidden)}
        </h2>
      </div>
      {jobs.length === 0 && <p className={css.empty}>{words.noJobs}</p>}
      <ul className={css.list}>
        {jobs.map((job) => (
          <Job key={`${job.atsNo} ${job.jobId}`} job={job} seat={seat} />
        ))}
      </ul>
      {visible + hidden > jobs.length && <p className={css.line}>{words.justListed}</p>}
    </section>
  );
}

function Job({
  job: { title, jobId, ats, isOpen, isVisible, reasons },
  seat,
}: {
  job: PreviewedJob;
  seat: string;
}) {
  return (
    <li className={css.line} data-testid={`previewed-${jobId}`}>
      <div className={css.words}>
        <p className={css.name}>
          {title ?? words.neverSent} – {jobId}{' '}
          <span className={css.meta}>{isOpen ? ats : `${ats} · ${words.closedJob}`}</span>
        </p>
        <p>
          {isVisible ? words.visible : words.hidden}:{' '}
          {reasons.map((reason) => words.reason(reason, seat)).join('; ')}
        </p>
      </div>
      <span className={css.chip} data-tone={isVisible ? 'good' : 'warning'}>
        {isVisible ? words.visible : words.hidden}
      </span>
    </li>
  );
}
