import type { ErrorsAnswer } from '@carrick/protocol/administration';
import type { SyncHealth } from '@carrick/protocol/sync-health';
import { Bars } from '../charts/bars.tsx';
import { Figure } from '../charts/figure.tsx';
import { gapsIn } from '../charts/gaps.ts';
import { Lines } from '../charts/lines.tsx';
import { exactTime, shortDay, shortTime } from '../elements/moment.ts';
import { wholeNumber } from '../messages.ts';
import css from './admin-page.module.css';
import { remedyOf } from './codes.ts';
import syncCss from './sync-health.module.css';
import { words as sync } from './sync-words.ts';
import { words } from './words.ts';

const SLOW_MS = 1_000;
const MOST_CODES = 8;
const STEPS = ['candidates', 'identifiable', 'linked', 'pastApplicants'] as const;

/** Ends of the axis, and the silences, which are those of all kinds together. */
function axisOf({ times, spanMs, calls, usualPauseMs }: SyncHealth) {
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const isLong = spanMs >= 3_600_000;
  return {
    from: isLong ? shortDay(first) : shortTime(first),
    to: isLong ? shortDay(last) : shortTime(last),
    gaps: gapsIn(calls, Math.max(1, Math.ceil((2 * usualPauseMs) / spanMs))),
  };
}

/** One small picture for each kind, all on one axis of time. */
export function Received({ ats }: { ats: SyncHealth }) {
  const axis = axisOf(ats);
  return (
    <section className={css.card} aria-labelledby="received">
      <div className={css.cardHead}>
        <h2 className={css.cardTitle} id="received">
          {sync.received}
        </h2>
      </div>
      <div className={syncCss.multiples} data-testid="received">
        {ats.kinds.map(({ kind, accepted, stored, failed, lastReceivedAt, lagMs }) => {
          const total = accepted.reduce((sum, each) => sum + each, 0);
          const finding = sync.receivedOf(total);
          return (
            <div key={kind}>
              <Figure
                title={sync.kinds[kind]}
                finding={finding}
                table={{
                  head: [sync.time, sync.accepted],
                  rows: ats.times.map((at, span) => [exactTime(at), wholeNumber(accepted[span] ?? 0)]),
                }}
              >
                <Lines
                  label={`${sync.kinds[kind]}: ${finding}`}
                  series={[{ name: kind, values: accepted, isArea: true, tone: 1 }]}
                  format={wholeNumber}
                  {...axis}
                />
              </Figure>
              <p className={css.meta}>
                {sync.kindFacts(
                  stored,
                  lastReceivedAt === null ? null : shortTime(lastReceivedAt),
                  failed,
                  lagMs,
                )}
              </p>
            </div>
          );
        })}
      </div>
    </section>
  );
}

export function Funnel({ ats: { funnel } }: { ats: SyncHealth }) {
  const said = (step: (typeof STEPS)[number]) => sync.shareOf(funnel[step], funnel.candidates);
  return (
    <Figure
      title={sync.funnel}
      finding={sync.funnelFinding(funnel.linked, funnel.candidates)}
      table={{
        head: [sync.step, sync.count],
        rows: STEPS.map((step) => [sync.funnelSteps[step], said(step)]),
      }}
    >
      <Bars
        most={funnel.candidates}
        bars={STEPS.map((step) => ({
          name: sync.funnelSteps[step],
          value: funnel[step],
          said: said(step),
          ...(step === 'pastApplicants' ? { tone: 'ats' as const } : {}),
        }))}
      />
    </Figure>
  );
}

export function Speed({ ats }: { ats: SyncHealth }) {
  const known = ats.p95Ms.filter((value) => value !== null);
  const finding = sync.speedFinding(known.length === 0 ? null : Math.max(...known));
  const cell = (value: number | null | undefined) => (value == null ? '–' : sync.ms(value));
  return (
    <Figure
      title={sync.speed}
      finding={finding}
      table={{
        head: [sync.time, sync.p50, sync.p95],
        rows: ats.times.map((at, span) => [exactTime(at), cell(ats.p50Ms[span]), cell(ats.p95Ms[span])]),
      }}
    >
      <Lines
        label={`${sync.speed}: ${finding}`}
        series={[
          { name: sync.p50, values: ats.p50Ms, tone: 1 },
          { name: sync.p95, values: ats.p95Ms, tone: 2 },
        ]}
        format={sync.ms}
        limit={SLOW_MS}
        {...axisOf(ats)}
      />
      <p className={syncCss.legend}>
        <span>{sync.p50}</span>
        <span>{sync.p95}</span>
      </p>
    </Figure>
  );
}

export function Refused({ answer: { errors } }: { answer: ErrorsAnswer }) {
  const shown = errors.slice(0, MOST_CODES);
  return (
    <Figure
      title={sync.refused}
      finding={sync.refusedFinding(errors.reduce((sum, { records }) => sum + records, 0))}
      table={{
        head: [sync.code, sync.records, sync.remedyHead],
        rows: shown.map(({ code, records }) => [code, wholeNumber(records), remedyOf(code)]),
      }}
    >
      <Bars
        most={Math.max(...shown.map(({ records }) => records), 0)}
        bars={shown.map(({ code, records }) => ({
          name: code,
          value: records,
          said: words.affected(records),
          tone: 'bad',
        }))}
      />
      {shown[0] && <p className={css.meta}>{remedyOf(shown[0].code)}</p>}
    </Figure>
  );
}
