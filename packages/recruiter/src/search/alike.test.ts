import { expect, test } from 'vitest';
import { addressAlike } from './alike.ts';

const at = (title: string) => ({ title, companyName: null, startDate: null, endDate: null });
const someone = { current: [], past: [], headline: null, industry: null };

test.each([
  ['Senior Account Manager, Europe', '"Account Manager"'],
  ['Account Manager at Freshing', '"Account Manager"'],
  ['Head of Marketing', '"Marketing"'],
  ['Chief', '"Chief"'],
  ['Lead "Growth" Engineer | Remote', '"Growth Engineer"'],
])('UI99 L-120 people like a %s are searched by %s', (title, q) => {
  expect(addressAlike({ ...someone, current: [at(title)], past: [at('Cook')] })).toEqual({ q });
});

test('UI99 L-120 without a position the headline tells the role, and the industry narrows; without both there is no such search', () => {
  expect(addressAlike({ ...someone, headline: 'Recruiter · talks', industry: 'Logistics' })).toEqual({
    q: '"Recruiter"',
    industry: ['Logistics'],
  });
  expect(addressAlike({ ...someone, industry: 'Logistics' })).toBeNull();
});
