import type { CpuMeter } from '../ingest/cpu.ts';

export interface Timing {
  readonly p10: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of one, whoever else is busy. `server` holds the client too: they are one process. */
  readonly cpuMs: { readonly postgres: number; readonly server: number };
}

/** `work` again and again, `atOnce` at a time, after as many times with other numbers. Milliseconds. */
export async function timed(
  cpu: CpuMeter,
  work: (round: number) => PromiseLike<unknown>,
  { rounds, atOnce = 1 }: { readonly rounds: number; readonly atOnce?: number },
): Promise<Timing> {
  const taken: number[] = [];
  let next = -rounds;
  let before = cpu.read();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let round = next++; round < rounds; round = next++) {
        if (round === 0) before = cpu.read();
        const start = performance.now();
        await work(round < 0 ? rounds - round : round);
        if (round >= 0) taken.push(performance.now() - start);
      }
    }),
  );
  const after = cpu.read();
  const each = (who: 'postgres' | 'client') => tenths((after[who] - before[who]) / rounds);
  return {
    p10: percentile(taken, 0.1),
    p50: percentile(taken, 0.5),
    p99: percentile(taken, 0.99),
    cpuMs: { postgres: each('postgres'), server: each('client') },
  };
}

export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return tenths(sorted[at] ?? 0);
}

export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
