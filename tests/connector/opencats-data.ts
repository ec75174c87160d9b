import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { missingMariadb } from '../../packages/connector/src/testing-mariadb.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');
const SHARED_DATA = process.env.CARRICK_SHARED_DATA ?? join(REPOSITORY, '..', 'shared', 'data');

export const OPENCATS_SQL = join(SHARED_DATA, 'opencats', 'demo.sql');
export const OPENCATS_MAPPING = join(REPOSITORY, 'packages', 'connector', 'mappings', 'opencats.yaml');

/** Why the tests with OpenCATS's own demo records cannot run here; null when they can. */
export function missingOpencats(): string | null {
  if (!existsSync(OPENCATS_SQL))
    return `OpenCATS's demo records are not at ${OPENCATS_SQL} (CARRICK_SHARED_DATA names their folder)`;
  return missingMariadb();
}
