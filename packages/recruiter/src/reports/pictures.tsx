import { type ReportAnswer, SAVED_MINUTES } from '@carrick/protocol/reports';
import { Bars } from '../charts/bars.tsx';
import { Figure } from '../charts/figure.tsx';
import { Lines } from '../charts/lines.tsx';
import { wholeNumber } from '../messages.ts';
import { hoursAndMinutes, utcDay, wholeShare } from '../numbers.ts';
import { words } from './words.ts';

interface PictureProps {
  readonly report: ReportAnswer;
}

/** The ends of the axis; on these pictures a day without anything is no silence. */
function axisOf({ byDay }: ReportAnswer) {
  return { from: utcDay(byDay[0]?.at ?? 0), to: utcDay(byDay.at(-1)?.at ?? 0), gaps: [] };
}

export function Exports({ report }: PictureProps) {
  const { totals, byDay } = report;
  const finding = words.exportsFinding(totals.exportsComplete, totals.exports);
  return (
    <Figure
      title={words.exports}
      finding={finding}
      table={{
        head: [words.day, words.exports, words.exportsComplete],
        rows: byDay.map((day) => [
          utcDay(day.at),
          wholeNumber(day.exports),
          wholeNumber(day.exportsComplete),
        ]),
      }}
    >
      <Lines
        label={`${words.exports}: ${finding}`}
        series={[{ name: words.exports, values: byDay.map((day) => day.exports), isArea: true, tone: 1 }]}
        format={wholeNumber}
        {...axisOf(report)}
      />
    </Figure>
  );
}

export function Searches({ report }: PictureProps) {
  const { totals, byDay } = report;
  const finding = words.searchesFinding(totals.spotlightSearches);
  return (
    <>
      <Figure
        title={words.searches}
        finding={finding}
        table={{
          head: [words.day, words.searches],
          rows: byDay.map((day) => [utcDay(day.at), wholeNumber(day.spotlightSearches)]),
        }}
      >
        <Lines
          label={`${words.searches}: ${finding}`}
          series={[
            {
              name: words.searches,
              values: byDay.map((day) => day.spotlightSearches),
              isArea: true,
              tone: 1,
            },
          ]}
          format={wholeNumber}
          {...axisOf(report)}
        />
      </Figure>
      <p>{words.searchesFormula}</p>
    </>
  );
}

export function Views({ report }: PictureProps) {
  const { totals, byDay } = report;
  const finding = words.viewsFinding(totals.pastApplicantViews);
  return (
    <Figure
      title={words.views}
      finding={finding}
      table={{
        head: [words.day, words.views],
        rows: byDay.map((day) => [utcDay(day.at), wholeNumber(day.pastApplicantViews)]),
      }}
    >
      <Lines
        label={`${words.views}: ${finding}`}
        series={[
          { name: words.views, values: byDay.map((day) => day.pastApplicantViews), isArea: true, tone: 2 },
        ]}
        format={wholeNumber}
        {...axisOf(report)}
      />
    </Figure>
  );
}

/** Shares beside shares: whether past applicants answer more often than others. */
export function Answers({ report: { totals } }: PictureProps) {
  const groups = [
    { name: words.toPastApplicants, ...totals.toPastApplicants },
    { name: words.toOthers, ...totals.toOthers },
  ].map((group) => ({ ...group, share: group.messages === 0 ? null : group.answered / group.messages }));
  const [past, others] = groups.map(({ share }) => (share === null ? null : wholeShare(share)));
  return (
    <Figure
      title={words.messages}
      finding={words.messagesFinding(past ?? null, others ?? null)}
      table={{
        head: [words.messages, words.sent, words.answered, words.rate],
        rows: groups.map(({ name, messages, answered, share }) => [
          name,
          wholeNumber(messages),
          wholeNumber(answered),
          share === null ? '–' : wholeShare(share),
        ]),
      }}
    >
      <Bars
        most={1}
        bars={groups.map(({ name, messages, answered, share }) => ({
          name,
          value: share ?? 0,
          said: share === null ? wholeNumber(0) : words.ratio(answered, messages, wholeShare(share)),
        }))}
      />
    </Figure>
  );
}

/** An estimate that says how it was made. */
export function Saved({ report: { totals } }: PictureProps) {
  const parts = [
    { name: words.completedExports, minutes: totals.exportsComplete * SAVED_MINUTES.export },
    { name: words.views, minutes: totals.pastApplicantViews * SAVED_MINUTES.pastApplicantView },
  ];
  const minutes = parts.reduce((sum, part) => sum + part.minutes, 0);
  return (
    <>
      <Figure
        title={words.saved}
        finding={minutes === 0 ? words.savedNothing : words.savedFinding(hoursAndMinutes(minutes))}
        table={{
          head: [words.saved, words.time],
          rows: parts.map((part) => [part.name, hoursAndMinutes(part.minutes)]),
        }}
      >
        <Bars
          most={minutes}
          bars={parts.map((part) => ({
            name: part.name,
            value: part.minutes,
            said: hoursAndMinutes(part.minutes),
          }))}
        />
      </Figure>
      <p>{words.formula(totals.exportsComplete, totals.pastApplicantViews)}</p>
      <p>{words.estimateHint}</p>
    </>
  );
}
