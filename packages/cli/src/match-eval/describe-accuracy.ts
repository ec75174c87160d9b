import type { Accuracy, LinkAccuracy, Rate } from './accuracy.ts';

/** As text for a person; the same as --json says. `unknown`: of how many the truth speaks who are no candidates of the file. */
export function describeAccuracy(
  { candidates, pairs, auto, review, rankOne, sweep, bestWithoutFalse, atPrecision }: Accuracy,
  unknown: number,
): string {
  const others =
    unknown > 0 ? [`the truth of ${count(unknown)} others was not used: no candidates of the file`] : [];
  if (candidates === 0)
    return [...others, 'no candidate has a truth: both files must use the same ids', ''].join('\n');
  return [
    `${count(candidates)} candidates with a truth, ${count(pairs)} of them are a member`,
    ...others,
    '',
    'AUTO',
    `  links          ${count(auto.links)}`,
    `  precision      ${rate(auto.precision)}`,
    `  recall         ${rate(auto.recall)}`,
    `  F1             ${auto.f1.toFixed(4)}`,
    `  false links    ${falseLinks(auto)}`,
    'REVIEW',
    `  proposals      ${count(review.proposals)}, the first right in ${rate(review.yield)}`,
    `  AUTO + REVIEW  recall ${rate(review.recallWithAuto)}`,
    `Best member whatever the rules say: right in ${rate(rankOne)} of the pairs`,
    '',
    'weight   links      precision  recall   F1       false per million (candidates)',
    ...sweep.map((step) => sweepLine(step.weight, step)),
    ...(bestWithoutFalse
      ? [
          `without a false link from ${bestWithoutFalse.weight.toFixed(2)} on: recall ${rate(bestWithoutFalse.recall)}`,
        ]
      : []),
    ...Object.entries(atPrecision).flatMap(([level, step]) =>
      step ? [`precision ${level} from ${step.weight.toFixed(2)} on: recall ${rate(step.recall)}`] : [],
    ),
    '',
  ].join('\n');
}

function sweepLine(
  weight: number,
  { links, precision, recall, f1, falseLinks: wrong }: LinkAccuracy,
): string {
  const { perMillionCandidates, perMillionCandidatesInterval: interval } = wrong;
  return [
    String(weight).padStart(6),
    count(links).padStart(10),
    precision.value.toFixed(5).padStart(10),
    recall.value.toFixed(4).padStart(8),
    f1.toFixed(4).padStart(8),
    `   ${perMillionCandidates.toFixed(0)} (${interval.low.toFixed(0)} to ${interval.high.toFixed(0)})`,
  ].join(' ');
}

function falseLinks({ falseLinks: wrong }: LinkAccuracy): string {
  const span = ({ low, high }: { low: number; high: number }) => `${low.toFixed(1)} to ${high.toFixed(1)}`;
  return (
    `${count(wrong.count)}: ${wrong.perMillionCandidates.toFixed(1)} per million candidates (${span(wrong.perMillionCandidatesInterval)}),` +
    ` ${wrong.perMillionLinks.toFixed(1)} per million links (${span(wrong.perMillionLinksInterval)})`
  );
}

function rate({ value, hits, of, interval }: Rate): string {
  return `${value.toFixed(5)} (${count(hits)} of ${count(of)}; ${interval.low.toFixed(5)} to ${interval.high.toFixed(5)})`;
}

const count = (value: number) => value.toLocaleString('en-US');
