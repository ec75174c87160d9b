import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import css from './charts.module.css';
import type { Gap } from './gaps.ts';
import { words } from './words.ts';

const WIDTH = 320;
const HEIGHT = 96;
const MARGIN = { top: 16, bottom: 16, start: 2, end: 2 };
const MOST_DOTS = 60;

export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** Filled down to the ground: an amount, not a level. */
  readonly isArea?: true;
  readonly tone: 1 | 2;
}

interface LinesProps {
  /** Read out in place of the picture. */
  readonly label: string;
  readonly series: readonly Series[];
  readonly gaps: readonly Gap[];
  /** What the highest point stands for, and the ends of the axis. */
  readonly format: (value: number) => string;
  readonly from: string;
  readonly to: string;
  /** Values above are marked. */
  readonly limit?: number;
}

/** Lines over equal spans of time; silences are shaded. */
export function Lines({ label, series, gaps, format, from, to, limit }: LinesProps) {
  const spans = Math.max(...series.map(({ values }) => values.length), 2);
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const most = Math.max(...known, 0);
  const x = scaleLinear([0, spans - 1], [MARGIN.start, WIDTH - MARGIN.end]);
  const y = scaleLinear([0, most || 1], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const ground = HEIGHT - MARGIN.bottom;
  const isDotted = spans <= MOST_DOTS;
  return (
    <svg className={css.lines} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {gaps.map((gap) => {
        const start = x(Math.max(gap.from - 0.5, 0));
        const end = x(Math.min(gap.to - 0.5, spans - 1));
        return (
          <g key={gap.from}>
            <rect
              className={css.gap}
              x={start}
              y={MARGIN.top}
              width={Math.max(end - start, 1)}
              height={ground - MARGIN.top}
            />
            {end - start > 56 && (
              <text className={css.axis} x={(start + end) / 2} y={MARGIN.top + 14} textAnchor="middle">
                {words.noCalls}
              </text>
            )}
          </g>
        );
      })}
      <line className={css.ground} x1={MARGIN.start} x2={WIDTH - MARGIN.end} y1={ground} y2={ground} />
      {limit !== undefined && limit < most && (
        <line className={css.limit} x1={MARGIN.start} x2={WIDTH - MARGIN.end} y1={y(limit)} y2={y(limit)} />
      )}
      {series.map(({ name, values, isArea, tone }) => {
        const points = values.map((value, span) => ({ value, span }));
        const draw = line<(typeof points)[number]>()
          .defined(({ value }) => value !== null)
          .x(({ span }) => x(span))
          .y(({ value }) => y(value ?? 0));
        const fill = area<(typeof points)[number]>()
          .x(({ span }) => x(span))
          .y0(ground)
          .y1(({ value }) => y(value ?? 0));
        return (
          <g key={name} data-tone={tone}>
            {isArea && <path className={css.fill} d={fill(points) ?? ''} />}
            <path className={css.line} d={draw(points) ?? ''} />
            {!isArea &&
              points.map(
                ({ value, span }) =>
                  // A single point between two silences is no line; and what is slow is marked.
                  value !== null &&
                  (isDotted || (limit !== undefined && value > limit)) && (
                    <circle
                      key={span}
                      className={limit !== undefined && value > limit ? css.slow : css.dot}
                      cx={x(span)}
                      cy={y(value)}
                      r={2}
                    />
                  ),
              )}
          </g>
        );
      })}
      <text className={css.axis} x={MARGIN.start} y={12}>
        {format(most)}
      </text>
      <text className={css.axis} x={MARGIN.start} y={HEIGHT - 4}>
        {from}
      </text>
      <text className={css.axis} x={WIDTH - MARGIN.end} y={HEIGHT - 4} textAnchor="end">
        {to}
      </text>
    </svg>
  );
}
