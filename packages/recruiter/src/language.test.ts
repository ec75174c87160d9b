import { expect, test } from 'vitest';
import { marked, translated } from './language.ts';

const words = {
  plain: 'Search',
  said: (name: string) => `Account of ${name}`,
  group: { inner: 'Open', count: (count: number) => `${count} people` },
};

test('SH9 a translation takes the place of what it has, and English stands for the rest', () => {
  const both = translated(words, {
    plain: 'Suche',
    group: { count: (count: number) => `${count} Personen` },
  });
  expect(both).toMatchObject({ plain: 'Suche', group: { inner: 'Open' } });
  const { said, group } = both as typeof words;
  expect([said('Ada'), group.count(3)]).toEqual(['Account of Ada', '3 Personen']);
});

test('SH10 in the pseudo-locale every text is marked once, what functions say too', () => {
  const { plain, said, group } = marked(words) as typeof words;
  expect([plain, said('⟦Ádá⟧'), group.inner, group.count(3)]).toEqual([
    '⟦Séárch⟧',
    '⟦Áccóúnt óf Ádá⟧',
    '⟦Ópén⟧',
    '⟦3 péóplé⟧',
  ]);
});
