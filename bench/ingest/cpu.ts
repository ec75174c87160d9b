import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Processor time in milliseconds, by who spent it. Wall clock says less: on a busy machine it counts the neighbours too. */
export interface CpuMs {
  readonly postgres: number;
  readonly server: number;
  /** This process: it drives both the server and the floors. */
  readonly client: number;
}

export interface CpuMeter {
  read(): CpuMs;
}

/** Linux only; elsewhere it reads zeros. */
export function cpuMeter(serverPid: number, postmasterPid: number): CpuMeter {
  return {
    read: () => ({
      postgres: [postmasterPid, ...childrenOf(postmasterPid)].reduce((sum, pid) => sum + onCpuMs(pid), 0),
      server: onCpuMs(serverPid),
      client: onCpuMs(process.pid),
    }),
  };
}

export function cpuPerBatch(before: CpuMs, after: CpuMs, batches: number): CpuMs {
  const each = (name: keyof CpuMs) => Math.round(((after[name] - before[name]) / batches) * 100) / 100;
  return { postgres: each('postgres'), server: each('server'), client: each('client') };
}

export function postmasterPid(dataDir: string): number {
  const found = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('postmaster.pid'),
  );
  return found === undefined ? 0 : Number(readFileSync(join(dataDir, found), 'utf8').split('\n')[0]);
}

function childrenOf(parent: number): number[] {
  return numbersIn('/proc').filter((pid) => {
    const stat = read(`/proc/${pid}/stat`);
    // Behind the command's name, which may hold blanks.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
  });
}

/** Of all threads of the process, to the nanosecond; /proc/…/stat counts ticks of 10 ms. */
function onCpuMs(pid: number): number {
  const threads = numbersIn(`/proc/${pid}/task`);
  return threads.reduce(
    (sum, thread) => sum + Number.parseInt(read(`/proc/${pid}/task/${thread}/schedstat`) || '0', 10) / 1e6,
    0,
  );
}

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return []; // it has ended, or this system has no /proc
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
