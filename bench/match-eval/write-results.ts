import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GroupReport, Report } from './main.ts';
import { HIGHEST_BUCKET } from './tally.ts';

const DOCUMENT = join(import.meta.dirname, '..', '..', 'docs', 'matching.md');
const [FROM, TO] = ['<!-- measured: npm run bench -- match-eval --write -->', '<!-- /measured -->'];

type Measured = GroupReport['all'];

/** Puts the tables between their marks; what stands around them is written by hand. */
export function writeResults(report: Report): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  const [from, to] = [text.indexOf(FROM), text.indexOf(TO)];
  if (from < 0 || to < from) throw new Error(`docs/matching.md has lost the marks of its tables`);
  writeFileSync(DOCUMENT, `${text.slice(0, from + FROM.length)}\n\n${tables(report)}\n${text.slice(to)}`);
}

function tables({ stress, bare, second, febrl, members, candidates, seeds }: Report): string {
  return [
    `${whole(members)} members and ${whole(candidates)} candidates each; seeds ${seeds.join(', ')}.`,
    ...(stress
      ? [
          '### Hostile mix',
          overview(stress),
          '### By seed',
          bySeed(stress),
          '### By what happened',
          byGroup(stress.byTag),
          '### By script',
          byGroup(stress.byScript),
          '### Weight and truth',
          calibration(stress),
          '### What is told of the best member, and what was right',
          told(stress),
        ]
      : []),
    ...(second ? ['### Second generator', overview(second), byGroup(second.byTag)] : []),
    ...(bare ? ['### Without e-mail, number and profile address', bareTable(bare)] : []),
    febrl === undefined ? '' : '### febrl4',
    ...(febrl ? [febrlTable(febrl)] : febrl === null ? ['Left out: the files were not there.'] : []),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function overview({ all, canonicalEmail }: GroupReport): string {
  const row = (name: string, measured: Measured, hasReview: boolean) => [
    name,
    share(measured.precision),
    share(measured.recall),
    share(measured.recallWhereAnIdentifierAgrees),
    hasReview ? share(measured.recallWithReview) : '',
    whole(measured.links),
    falseLinks(measured),
  ];
  return table(
    ['', 'precision', 'recall', 'recall where an identifier agrees', 'AUTO + REVIEW', 'links', 'wrong links'],
    [row('Carrick', all, true), row('same canonical e-mail', canonicalEmail, false)],
  );
}

function bySeed({ runs }: GroupReport): string {
  return table(
    ['', 'precision', 'recall', 'AUTO + REVIEW', 'wrong links', 'canonical e-mail: precision', 'recall'],
    runs.map((run) => [
      run.name,
      share(run.precision),
      share(run.recall),
      share(run.recallWithReview),
      whole(run.falseLinks.count),
      share(run.canonicalEmail.precision),
      share(run.canonicalEmail.recall),
    ]),
  );
}

function byGroup(groups: Readonly<Record<string, Measured>>): string {
  return table(
    [
      '',
      'candidates',
      'AUTO recall',
      'AUTO + REVIEW',
      'best is right',
      'links',
      'wrong links',
      'linked to the bait',
    ],
    Object.entries(groups).map(([name, measured]) => [
      name,
      whole(measured.candidates),
      measured.pairs === 0 ? '' : share(measured.recall),
      measured.pairs === 0 ? '' : share(measured.recallWithReview),
      measured.pairs === 0 ? '' : share(measured.rankOne),
      whole(measured.links),
      whole(measured.falseLinks.count),
      whole(measured.linkedToBait),
    ]),
  );
}

function calibration({ calibration: buckets }: GroupReport): string {
  return table(
    ['weight of the best member', 'candidates', 'right'],
    buckets.map(({ bits, count, right }) => [
      bits <= -20 ? 'below -15' : bits === HIGHEST_BUCKET ? `${bits} and more` : `${bits} to ${bits + 5}`,
      whole(count),
      (right / count).toFixed(4),
    ]),
  );
}

function told({ told: steps }: GroupReport): string {
  return table(
    ['probability told', 'candidates', 'told on average', 'right'],
    steps.map(({ from, count, sum, right }, n) => [
      `${from} to ${steps[n + 1]?.from ?? 1}`,
      whole(count),
      (sum / count).toFixed(4),
      (right / count).toFixed(4),
    ]),
  );
}

function bareTable({ all, runs }: GroupReport): string {
  const [run] = runs;
  return table(
    ['AUTO links', 'best is the right one', 'first proposal right', 'recall at precision 0.99'],
    [[whole(all.links), share(all.rankOne), share(all.yield), share(run?.atPrecision['0.99']?.recall)]],
  );
}

function febrlTable({ all, runs }: GroupReport): string {
  const [run] = runs;
  return table(
    [
      'AUTO links',
      'best is the right one',
      'recall without a wrong one',
      'from weight',
      'recall at precision 0.999',
    ],
    [
      [
        whole(all.links),
        share(all.rankOne),
        share(run?.bestWithoutFalse?.recall),
        run?.bestWithoutFalse?.weight.toFixed(1) ?? '',
        share(run?.atPrecision['0.999']?.recall),
      ],
    ],
  );
}

function falseLinks({
  falseLinks: { count, perMillionCandidates, perMillionCandidatesInterval: interval },
}: Measured): string {
  return `${whole(count)}; ${perMillionCandidates.toFixed(1)} per million (${interval.low.toFixed(1)} to ${interval.high.toFixed(1)})`;
}

function share(rate: { readonly value: number | null } | undefined): string {
  const value = rate?.value ?? null;
  return value === null
    ? '–'
    : value.toFixed(value > 0.9999 && value < 1 ? 6 : value > 0.99 && value < 1 ? 5 : 4);
}

const whole = (value: number) => value.toLocaleString('en-US');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
