import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 5;
/** How long a stop may take before it is forced. A fast stop writes a checkpoint first. */
const STOP_PATIENCE_MS = 60_000;
/** How long the orphans of a killed postmaster may finish what they are at. */
const ORPHAN_PATIENCE_MS = 5_000;

/** What PostgreSQL writes into postmaster.pid. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly socketDir: string;
  readonly isReady: boolean;
}

export function readPidFile(dataDir: string): PidFile | null {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  return {
    pid: Number(lines[0]),
    port: Number(lines[3]),
    socketDir: lines[4] ?? '',
    isReady: lines[7]?.trim() === 'ready',
  };
}

/**
 * A text that no other process of this machine ever has, or null when there is no such process or it is a zombie.
 * A process id alone comes back; id and start time do not.
 */
export function processIdentity(pid: number): string | null {
  try {
    if (process.platform !== 'linux') {
      const [state, ...started] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
        encoding: 'utf8',
      })
        .trim()
        .split(/\s+/);
      return state === undefined || state.startsWith('Z') ? null : `${pid} ${started.join(' ')}`;
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces and parentheses of its own; the fields after it are state (3) … starttime (22).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${pid} ${fields[19]} ${boot}`;
  } catch {
    return null; // no such process
  }
}

/** The processes of PostgreSQL that work in this data folder, postmaster or not. Only Linux can tell; elsewhere none. */
export function postgresProcessesIn(dataDir: string): number[] {
  if (process.platform !== 'linux') return [];
  const folder = realpathSync(dataDir);
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid > 0 && isPostgresIn(pid, folder));
}

function isPostgresIn(pid: number, folder: string): boolean {
  try {
    const program = basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
    return (
      program === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === folder && processIdentity(pid) !== null
    );
  } catch {
    return false; // gone meanwhile, or another account's and thus not ours
  }
}

/** pg_ctl stop -m fast: ends sessions, writes a checkpoint, leaves nothing to recover. */
export async function stopPostgres(pid: number, identity: string): Promise<void> {
  if (processIdentity(pid) !== identity) return;
  process.kill(pid, 'SIGINT');
  if (await isGone(pid, identity, STOP_PATIENCE_MS)) return;
  process.kill(pid, 'SIGQUIT');
  if (!(await isGone(pid, identity, STOP_PATIENCE_MS)))
    throw new Error(`PostgreSQL (process ${pid}) does not stop`);
}

/** Backends outlive a killed postmaster for a moment; no new server may start in their data folder before they are gone. */
export async function endOrphans(dataDir: string): Promise<void> {
  const orphans = postgresProcessesIn(dataDir).map((pid) => ({ pid, identity: processIdentity(pid) }));
  for (const { pid, identity } of orphans) {
    if (identity === null || (await isGone(pid, identity, ORPHAN_PATIENCE_MS))) continue;
    process.kill(pid, 'SIGKILL'); // without a postmaster there is nothing left to do in order; the log is replayed anyway
    await isGone(pid, identity, ORPHAN_PATIENCE_MS);
  }
}

async function isGone(pid: number, identity: string, patienceMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += POLL_MS) {
    if (processIdentity(pid) !== identity) return true;
    await pause(POLL_MS);
  }
  return false;
}
