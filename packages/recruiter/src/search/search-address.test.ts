import { expect, test } from 'vitest';
import {
  apiQuery,
  filtersOf,
  formatAddress,
  narrow,
  parseAddress,
  readSearchAddress,
} from './search-address.ts';

test('UI10 an address is read and written the same, values with commas and signs included', () => {
  const address = { q: 'c++ & "go"', title: ['Director, EMEA', 'R&D'], location: ['東京'], page: 3 };
  expect(readSearchAddress(parseAddress(formatAddress(address)))).toEqual(address);
});

test('UI10 defaults and nonsense are left out', () => {
  expect(readSearchAddress({ q: '  ', inAts: 'any', page: '1', spotlights: 'best', title: '' })).toEqual({});
  expect(readSearchAddress({ page: '2.5' })).toEqual({});
  expect(readSearchAddress({ page: 'Infinity', inAts: ['only'] })).toEqual({});
});

test('UI10 spotlights may be a list or repeated', () => {
  const expected = { spotlights: ['pastApplicants', 'openToWork'] };
  expect(readSearchAddress({ spotlights: 'openToWork,pastApplicants' })).toEqual(expected);
  expect(readSearchAddress({ spotlights: ['openToWork', 'pastApplicants'] })).toEqual(expected);
});

test('UI11 every filter knows the search without it, from the first page', () => {
  const address = readSearchAddress({
    q: 'sales',
    spotlights: 'openToWork',
    inAts: 'only',
    title: 'A',
    page: '4',
  });
  expect(filtersOf(address).map(({ kind, without }) => [kind, without])).toEqual([
    ['q', { spotlights: ['openToWork'], inAts: 'only', title: ['A'] }],
    ['spotlight', { q: 'sales', inAts: 'only', title: ['A'] }],
    ['inAts', { q: 'sales', spotlights: ['openToWork'], title: ['A'] }],
    ['title', { q: 'sales', spotlights: ['openToWork'], inAts: 'only' }],
  ]);
});

test('UI14 a changed search begins on its first page', () => {
  expect(narrow({ q: 'sales', page: 4 }, { inAts: 'exclude' })).toEqual({ q: 'sales', inAts: 'exclude' });
});

test('UI10 the API is asked in its own words', () => {
  expect(apiQuery({ spotlights: ['pastApplicants', 'openToWork'], title: ['A', 'B'] })).toBe(
    '?spotlights=pastApplicants%2CopenToWork&title=A&title=B&page=1',
  );
});
