import { expect, test } from 'vitest';
import type { Outgoing } from './outgoing.ts';
import { pack } from './send-batch.ts';

const item = (id: string, parentId: string, note = ''): Outgoing => ({
  kind: 'candidateNote',
  parentId,
  id,
  record: { note },
  seqs: [],
});

test('CO35 a request holds one parent, at most 100 records and two megabytes', () => {
  const many = Array.from({ length: 250 }, (_, n) => item(String(n), n % 2 ? 'odd' : 'even'));
  expect(pack(many).map((batch) => [batch[0]?.parentId, batch.length])).toEqual([
    ['even', 100],
    ['odd', 100],
    ['even', 25],
    ['odd', 25],
  ]);
  const long = Array.from({ length: 5 }, (_, n) => item(String(n), 'p', 'x'.repeat(900_000)));
  expect(pack(long).map((batch) => batch.length)).toEqual([2, 2, 1]);
  expect(pack([item('1', 'p', 'é'.repeat(2_000_000))])).toHaveLength(1);
});
