import { PROJECT_SORTS, type ProjectSort } from '@carrick/protocol/recruiter';

/** What the address of the projects' list holds; defaults are left out. */
export interface ProjectsAddress {
  sort?: Exclude<ProjectSort, 'used'>;
  archived?: 'yes';
}

/** Without a tab: the pipeline. */
export interface ProjectAddress {
  tab?: 'overview' | 'pool' | 'settings';
  stage?: number;
  archived?: 'yes';
  q?: string;
  /** From 2 on. */
  page?: number;
}

export function readProjectsAddress(raw: Record<string, unknown>): ProjectsAddress {
  const sort = PROJECT_SORTS.find((each) => each === raw.sort);
  return { ...(sort && sort !== 'used' && { sort }), ...(raw.archived === 'yes' && { archived: 'yes' }) };
}

/** What it does not understand is dropped, never an error. */
export function readProjectAddress(raw: Record<string, unknown>): ProjectAddress {
  const tab = (['overview', 'pool', 'settings'] as const).find((each) => each === raw.tab);
  const stage = Number(raw.stage);
  const page = Number(raw.page);
  const q = typeof raw.q === 'string' || typeof raw.q === 'number' ? String(raw.q).trim() : '';
  return {
    ...(tab && { tab }),
    ...(Number.isSafeInteger(stage) && stage > 0 && { stage }),
    ...(raw.archived === 'yes' && { archived: 'yes' }),
    ...(q && { q }),
    ...(Number.isSafeInteger(page) && page > 1 && { page }),
  };
}
