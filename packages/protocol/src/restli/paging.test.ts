import { expect, test } from 'vitest';
import { collectionResponse, parsePage } from './paging.ts';
import { parseQuery } from './params.ts';

const page = (query: string) => parsePage(parseQuery(query, '1.0.0'));

test('WP32 defaults and refusals', () => {
  expect(page('q=x')).toEqual({ start: 0, count: 10 });
  expect(page('start=20&count=0')).toEqual({ start: 20, count: 0 });
  for (const query of ['start=-1', 'count=a', 'count=1.5', 'start=', 'count=1&count=2'])
    expect(() => page(query)).toThrow(expect.objectContaining({ status: 400 }));
});

test('WP32 links lead to the neighbours', () => {
  const answer = (start: number, elements: number[], total?: number) =>
    collectionResponse(
      elements,
      { start, count: 2 },
      {
        path: '/v2/seats',
        rawQuery: `q=x&start=${start}&count=2&fields=a`,
        ...(total === undefined ? {} : { total }),
      },
    ).paging;
  const href = (start: number) => `/v2/seats?q=x&fields=a&start=${start}&count=2`;
  expect(answer(0, [1, 2]).links).toEqual([{ rel: 'next', type: 'application/json', href: href(2) }]);
  expect(answer(0, [1, 2], 2)).toEqual({ start: 0, count: 2, total: 2, links: [] });
  expect(answer(1, [1])).toEqual({
    start: 1,
    count: 2,
    links: [{ rel: 'prev', type: 'application/json', href: href(0) }],
  });
  expect(answer(2, [1, 2], 5).links.map(({ rel }) => rel)).toEqual(['prev', 'next']);
});
