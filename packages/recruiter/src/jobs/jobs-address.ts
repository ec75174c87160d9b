/** What of the list the address says: nothing of what is usual. */
export interface JobsAddress {
  readonly state?: 'closed';
  readonly q?: string;
  readonly page?: number;
}

export function readJobsAddress(raw: Record<string, unknown>): JobsAddress {
  const page = Number(raw.page);
  const text = typeof raw.q === 'string' || typeof raw.q === 'number' ? String(raw.q) : '';
  return {
    ...(raw.state === 'closed' && { state: 'closed' }),
    ...(text !== '' && { q: text }),
    ...(Number.isInteger(page) && page > 1 && page <= 10_000 && { page }),
  };
}
