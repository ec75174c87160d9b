import { expect, test } from 'vitest';
import { mailbox } from '../../bench/match-eval/generator/emails.ts';
import { generate, UNDECIDABLE } from '../../bench/match-eval/generator/generate.ts';
import { secondSet } from '../../bench/match-eval/second-generator.ts';
import { canonicalPhone } from '../../packages/platform/src/matching/phone.ts';

const SIZE = { members: 4_000, candidates: 8_000 };
const run = generate({ seed: 1, ...SIZE });
const members = [...run.members()];
const candidates = [...run.candidates()];

test('MA63 the same seed gives the same people, another seed others', () => {
  const again = generate({ seed: 1, ...SIZE });
  expect([...again.members()]).toEqual(members);
  expect([...again.candidates()]).toEqual(candidates);
  const other = generate({ seed: 2, ...SIZE });
  expect([...other.members()][0]).not.toEqual(members[0]);
});

test('MA63 both sides can be read by turns and in part', () => {
  const again = generate({ seed: 1, ...SIZE });
  const [one, other] = [again.candidates(), again.members()];
  expect(one.next().value).toEqual(candidates[0]);
  expect(other.next().value).toEqual(members[0]);
  expect(one.next().value).toEqual(candidates[1]);
});

test('MA63 no two members share a mailbox, a number or an address that is current', () => {
  const mailboxes = members.flatMap(({ emails = [] }) => [...new Set(emails.map(mailbox))]);
  expect(new Set(mailboxes).size).toBe(mailboxes.length);
  const numbers = members.flatMap(({ phones = [] }) =>
    phones.map((number) => canonicalPhone({ number }, null)?.e164),
  );
  expect(new Set(numbers).size).toBe(numbers.length);
  const current = members.flatMap(({ profileUrls = [] }) => profileUrls.slice(0, 1));
  expect(new Set(current).size).toBe(current.length);
});

test('MA63 the numbers of members can exist', () => {
  const written = members.flatMap(({ phones = [] }) => phones);
  expect(written.length).toBeGreaterThan(SIZE.members * 0.4);
  expect(written.filter((number) => !canonicalPhone({ number }, null)?.e164)).toEqual([]);
});

test('MA63 each step leaves its tag, in about its share', () => {
  const shareOf = (tag: string) =>
    candidates.filter(({ truth }) => truth.tags.includes(tag)).length / candidates.length;
  const expected: Readonly<Record<string, readonly [number, number]>> = {
    stranger: [0.16, 0.2],
    'same-name-stranger': [0.05, 0.07],
    enumeration: [0.005, 0.015],
    'agency-mailbox': [0.01, 0.02],
    'family-mailbox': [0.01, 0.02],
    'family-phone': [0.018, 0.03],
    'typo-family': [0.03, 0.05],
    swapped: [0.01, 0.03],
    'job-change': [0.37, 0.43],
    'email-none': [0.05, 0.13],
    'url-recycled': [0.0001, 0.01],
    'other-script': [0.03, 0.12],
    [UNDECIDABLE]: [0.001, 0.01],
  };
  for (const [tag, [least, most]] of Object.entries(expected)) {
    expect(shareOf(tag), tag).toBeGreaterThan(least);
    expect(shareOf(tag), tag).toBeLessThan(most);
  }
});

test('MA63 the truth names a member of the directory, and what agrees does', () => {
  const byId = new Map(members.map((member) => [member.id, member]));
  for (const { candidate, truth } of candidates) {
    if (truth.member === null) {
      expect(truth.agrees).toEqual([]);
      continue;
    }
    const member = byId.get(truth.member);
    expect(member).toBeDefined();
    const own = new Set(member?.emails?.map(mailbox));
    const stated = (candidate.emailAddresses ?? []).map(mailbox);
    if (truth.agrees.includes('email')) {
      // Tags of other providers than Gmail are not ours to read.
      expect(stated.some((email) => own.has(email) || email.includes('+'))).toBe(true);
    }
  }
});

test('MA63 a set can lack e-mails, numbers and addresses on both sides', () => {
  const bare = generate({ seed: 1, members: 300, candidates: 300, without: ['email', 'phone', 'url'] });
  const text = JSON.stringify(
    [...bare.members(), ...bare.candidates()].map((line) => ('candidate' in line ? line.candidate : line)),
  );
  expect(text).not.toMatch(/"(emails|phones|profileUrls|emailAddresses|phoneNumbers|linkedInProfileUrl)"/);
});

test('MA63 the second generator is as repeatable', () => {
  const [one, same] = [secondSet(1, 500, 500), secondSet(1, 500, 500)];
  expect([...one.candidates()]).toEqual([...same.candidates()]);
  expect([...one.members()]).toEqual([...same.members()]);
});
