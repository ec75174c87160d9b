import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder } from './make-folder.ts';

const SQLITE_BUSY = 5;
const RETRY_MS = 15;

/**
 * Runs `work` while no other process (and no other caller in this one) holds the lock on `file`.
 * It is the operating system's own file lock, taken through SQLite because Node has no flock(): it goes when its holder
 * dies, so there is no stale lock file to judge by process id and age.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  makeFolder(dirname(file));
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    while (!tryLock(lock)) await pause(RETRY_MS);
    return await work();
  } finally {
    lock.close();
  }
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
