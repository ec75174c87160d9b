import { expect, test } from 'vitest';
import { parseMapping } from './mapping.ts';
import { rowShaper } from './shape-row.ts';

function shaper(kind: string, extra = '') {
  const mapping = parseMapping(
    `name: Test\nmissing: ["0"]\ntimezone: "+02:00"\n${extra}\nkinds:\n  ${kind}:\n    html: [note]\n    select: select 1`,
  );
  const kindMapping = [...mapping.kinds.values()][0];
  if (!kindMapping) throw new Error('the mapping has a kind');
  return rowShaper(mapping, kindMapping);
}

test('CO1 L-041 columns become nested fields of the wire types', () => {
  const row = shaper('candidate')({
    id: 7,
    firstName: 'Ada',
    lastName: 'Lovelace',
    'emailAddresses[0]': 'ada@example.org',
    'emailAddresses[1]': null,
    'phoneNumbers[0].number': '0',
    'phoneNumbers[1].number': '+44 20 7946 0000',
    'addresses[0].city': 'London',
    linkedInProfileUrl: 'https://www.linkedin.com/in/ada',
    currentCompanyName: 'Analytical Engines',
    currentJobTitle: 'Engineer',
    doNotContact: 1,
    atsCreatedAt: '2024-03-01 12:00:00',
    atsLastModifiedAt: '2024-03-02 12:00:00',
    cursor: '2024-03-02 12:00:00',
  });
  expect(row).toEqual({
    id: '7',
    parentId: '',
    cursor: '2024-03-02 12:00:00',
    record: {
      firstName: 'Ada',
      lastName: 'Lovelace',
      emailAddresses: ['ada@example.org'],
      phoneNumbers: [{ number: '+44 20 7946 0000' }],
      addresses: [{ city: 'London' }],
      linkedInProfileUrl: 'https://www.linkedin.com/in/ada',
      currentCompanyName: 'Analytical Engines',
      currentJobTitle: 'Engineer',
      doNotContact: true,
      atsCreatedAt: Date.UTC(2024, 2, 1, 10),
      atsLastModifiedAt: Date.UTC(2024, 2, 2, 10),
    },
  });
});

test('CO2 placeholders, empty texts and zero dates are left out', () => {
  const { record } = shaper('candidate')({
    id: 1,
    firstName: '0',
    lastName: ' ',
    suffix: '',
    atsCreatedAt: '0000-00-00 00:00:00',
    'emailAddresses[0]': '0',
  });
  expect(record).toEqual({ emailAddresses: [], phoneNumbers: [], addresses: [] });
});

test("CO1 the id is the kind's own, also beside the ids of others", () => {
  const row = { atsJobApplicationId: 'A1', atsCandidateId: 'C1', atsJobPostingId: 'J1' };
  expect(shaper('application')(row)).toMatchObject({
    id: 'A1',
    record: { atsCandidateId: 'C1', atsJobPostingId: 'J1' },
  });
});

test.each([
  ['2024-03-01 12:00:00', Date.UTC(2024, 2, 1, 10)],
  ['2024-03-01', Date.UTC(2024, 1, 29, 22)],
  ['2024-03-01T12:00:00.250Z', Date.UTC(2024, 2, 1, 12, 0, 0, 250)],
  ['2024-03-01 12:00:00+0500', Date.UTC(2024, 2, 1, 7)],
  [1_709_294_400, 1_709_294_400_000],
  ['1709294400000', 1_709_294_400_000],
  ['soon', 'soon'],
  ['2024-02-01 25:00:00', '2024-02-01 25:00:00'],
  ['0000-00-00', undefined],
  [0, undefined],
])('CO1 the time %j is sent as %j', (given, sent) => {
  expect(shaper('stage')({ id: 1, parentId: 2, atsCreatedAt: given }).record.atsCreatedAt).toBe(sent);
});

test.each([
  [1, true],
  ['0', false],
  [Buffer.from([1]), true],
  [Buffer.from([0]), false],
  ['yes', true],
  ['F', false],
  ['perhaps', 'perhaps'],
])('CO1 the truth value %j is sent as %j', (given, sent) => {
  expect(shaper('candidate')({ id: 1, doNotContact: given }).record.doNotContact).toBe(sent);
});

test('CO1 CO17 what is no field, or only part of one, is left out', () => {
  const { record } = shaper('candidateNote')({
    id: 1,
    parentId: 2,
    note: 'Hello',
    colour: 'red',
    author: 'Ada',
    'author.firstName': 'Ada',
    'note.text': 'x',
  });
  expect(record).toEqual({ note: 'Hello', author: { firstName: 'Ada' } });
});

test('CO1 the wire name of an id serves as well as id', () => {
  expect(shaper('candidate')({ atsCandidateId: 'C1' }).id).toBe('C1');
});

test('CO1 a row without id, or a child without parent, says so', () => {
  expect(shaper('candidate')({ firstName: 'A' }).problem).toMatch('no id');
  expect(shaper('stage')({ id: 1, stage: 'Applied' }).problem).toMatch('no parentId');
});

test('CO15 an assignee is a bound person, or held back', () => {
  const users = 'users: { "12": "urn:li:person:abc" }';
  const bound = shaper('entityAclAssignee', users)({ atsEntityAclId: 'eng', atsUser: 12 });
  expect(JSON.parse(bound.id)).toEqual({
    assignee: 'urn:li:person:abc',
    atsEntityAclId: 'eng',
    atsEntityType: 'JOB_POSTING',
  });
  expect(bound.problem).toBeUndefined();
  expect(shaper('entityAclAssignee', users)({ atsEntityAclId: 'eng', atsUser: 13 }).problem).toMatch(
    'ATS user 13 is not bound',
  );
});

test.each([
  ['kinds: { unicorn: { select: x } }', '"unicorn" is no record kind'],
  ['kinds: { candidate: {} }', 'kinds.candidate needs a "select"'],
  ['kinds: {}', 'nothing to send'],
  ['a: [', 'not valid YAML'],
  ['kinds: { candidate: { select: x } }\nusers: { "1": "Ada" }', 'users.1 must be a person'],
  ['kinds: { candidate: { select: x, html: note } }', 'kinds.candidate.html must be a list'],
  ['kinds: { candidate: { select: x } }\ntimezone: Berlin', '"timezone" must look like'],
])('CO17 the mapping %j is refused: %s', (text, reason) => {
  expect(() => parseMapping(text)).toThrow(reason);
});
