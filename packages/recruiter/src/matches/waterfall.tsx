import type { EvidenceStep, MatchEvidence } from '@carrick/protocol/recruiter';
import { useId } from 'react';
import { codeWords, fieldName, plainBits, signedBits, sureness } from './codes.ts';
import css from './waterfall.module.css';
import { words as all } from './words.ts';

const words = all.waterfall;

interface Bar {
  readonly key: string;
  readonly label: string;
  readonly detail: string | null;
  readonly bits: number;
  readonly from: number;
  readonly to: number;
  readonly kind: 'prior' | 'for' | 'against' | 'total';
}

/**
 * How a pair was weighed: what each field added or took away, from the odds of anybody to those of these two. A table, so that it can
 * be read without the picture; the picture is drawn row by row in its own column.
 */
export function Waterfall({ evidence }: { evidence: MatchEvidence }) {
  const heading = useId();
  const { weight, probability, autoAt, reviewAt } = evidence;
  const bars = barsOf(evidence);
  const ends = bars.flatMap(({ from, to }) => [from, to]);
  const low = Math.min(0, ...ends) - 1;
  const high = Math.max(autoAt, ...ends) + 1;
  const x = (bits: number) => ((bits - low) / (high - low)) * WIDTH;
  return (
    <div className={css.waterfall}>
      <p id={heading} className={css.headline}>
        {words.headline(plainBits(weight), sureness(probability), weight >= autoAt, plainBits(autoAt))}
      </p>
      <table className={css.table} aria-labelledby={heading}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.picture}</th>
            <th scope="col">{words.points}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar, index) => (
            <tr key={bar.key} data-kind={bar.kind}>
              <th scope="row" className={css.label}>
                {bar.label}
                {bar.detail && <span className={css.detail}>{bar.detail}</span>}
              </th>
              <td className={css.picture}>
                <svg
                  viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                  preserveAspectRatio="none"
                  aria-hidden="true"
                  focusable="false"
                >
                  <line className={css.zero} x1={x(0)} x2={x(0)} y1="0" y2={HEIGHT} />
                  <line className={css.limit} x1={x(reviewAt)} x2={x(reviewAt)} y1="0" y2={HEIGHT} />
                  <line className={css.limit} x1={x(autoAt)} x2={x(autoAt)} y1="0" y2={HEIGHT} data-auto />
                  <rect
                    className={css.bar}
                    x={x(Math.min(bar.from, bar.to))}
                    width={Math.max(1, Math.abs(x(bar.to) - x(bar.from)))}
                    y={HEIGHT * 0.24}
                    height={HEIGHT * 0.52}
                  />
                  {index < bars.length - 1 && (
                    <line className={css.step} x1={x(bar.to)} x2={x(bar.to)} y1={HEIGHT * 0.76} y2={HEIGHT} />
                  )}
                  {index > 0 && (
                    <line
                      className={css.step}
                      x1={x(bars[index - 1]?.to ?? 0)}
                      x2={x(bars[index - 1]?.to ?? 0)}
                      y1="0"
                      y2={HEIGHT * 0.24}
                    />
                  )}
                </svg>
              </td>
              <td className={css.points}>
                {bar.kind === 'total' ? plainBits(bar.bits) : signedBits(bar.bits)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.note}>
        {words.unit} {words.limits(plainBits(reviewAt), plainBits(autoAt))}
      </p>
    </div>
  );
}

const WIDTH = 100;
const HEIGHT = 100;

function barsOf({ prior, steps, weight }: MatchEvidence): Bar[] {
  const bars: Bar[] = [
    { key: 'prior', label: words.prior, detail: null, bits: prior, from: 0, to: prior, kind: 'prior' },
  ];
  let sum = prior;
  for (const step of [...steps].sort((a, b) => b.bits - a.bits)) {
    bars.push({
      key: `${step.field}.${step.level}`,
      label: codeWords(`${step.field}.${step.level}`),
      detail: detailOf(step),
      bits: step.bits,
      from: sum,
      to: sum + step.bits,
      kind: step.bits > 0 ? 'for' : 'against',
    });
    sum += step.bits;
  }
  bars.push({
    key: 'total',
    label: words.total,
    detail: null,
    bits: weight,
    from: 0,
    to: weight,
    kind: 'total',
  });
  return bars;
}

function detailOf({ field, level, tf }: EvidenceStep): string | null {
  const rarity =
    tf !== null && Math.abs(tf) >= 0.05 ? (tf > 0 ? words.rare : words.common)(signedBits(tf)) : null;
  // A level without words of its own is told by its field at least.
  const isUnknown = codeWords(`${field}.${level}`) === `${field}.${level}`;
  return rarity ?? (isUnknown ? fieldName(field) : null);
}
