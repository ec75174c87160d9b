import { countParam, type RawParams } from './params.ts';

export interface Page {
  readonly start: number;
  readonly count: number;
}

export interface PagingLink {
  readonly rel: 'prev' | 'next';
  readonly type: 'application/json';
  /** Path and query, relative to the host. */
  readonly href: string;
}

export interface CollectionResponse<T> {
  readonly elements: readonly T[];
  readonly paging: Page & { readonly total?: number; readonly links: readonly PagingLink[] };
}

/** Defaults 0 and 10. Throws 400 for a number that is negative or not whole. */
export function parsePage(params: RawParams): Page {
  return { start: countParam(params, 'start') ?? 0, count: countParam(params, 'count') ?? 10 };
}

/** The answer of a finder. `count` repeats what was asked, not what came. */
export function collectionResponse<T>(
  elements: readonly T[],
  page: Page,
  options: { readonly total?: number; readonly path: string; readonly rawQuery: string },
): CollectionResponse<T> {
  const { start, count } = page;
  const { total, path, rawQuery } = options;
  const kept = rawQuery.split('&').filter((pair) => pair !== '' && !/^(start|count)=/.test(pair));
  const link = (rel: PagingLink['rel'], from: number): PagingLink => ({
    rel,
    type: 'application/json',
    href: `${path}?${[...kept, `start=${from}`, `count=${count}`].join('&')}`,
  });
  const hasNext =
    total === undefined ? count > 0 && elements.length === count : start + elements.length < total;
  const links = [
    ...(start > 0 ? [link('prev', Math.max(0, start - count))] : []),
    ...(hasNext ? [link('next', start + count)] : []),
  ];
  return { elements, paging: total === undefined ? { start, count, links } : { start, count, total, links } };
}
