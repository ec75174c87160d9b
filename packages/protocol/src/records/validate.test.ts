import { describe, expect, it } from 'vitest';
import { RECORD_KINDS, type RecordKind } from './schemas.ts';
import { validateRecord } from './validate.ts';

const VALID: Readonly<Record<RecordKind, Record<string, unknown>>> = {
  job: {
    integrationContext: 'urn:li:organization:1',
    externalJobPostingId: 'J1',
    title: 'Engineer',
    description: 'Builds bridges.',
    location: 'San Francisco, CA',
    companyApplyUrl: 'https://example.com/apply',
    listedAt: 1_700_000_000_000,
  },
  entityAcl: {},
  entityAclAssignee: {},
  candidate: {
    atsCreatedAt: 1_700_000_000_000,
    atsLastModifiedAt: 1_700_000_000_000,
    firstName: 'Ada',
    lastName: 'Byron',
    emailAddresses: [],
  },
  candidateNote: {},
  application: {
    atsJobPostingId: 'J1',
    atsJobPostingName: 'Engineer',
    atsCreatedAt: 1,
    atsLastModifiedAt: 1,
    firstName: 'Ada',
    lastName: 'Byron',
  },
  stage: { stage: 'Applied', atsCreatedAt: 1 },
  interviewFeedback: {},
  applicationNote: {},
};

const without = (record: Record<string, unknown>, field: string) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));

function refusal(kind: RecordKind, record: unknown): string {
  const validated = validateRecord(kind, record);
  return validated.ok ? 'valid' : validated.message;
}

const missing = (path: string) =>
  `ERROR :: ${path} :: field is required but not found and has no default value\n`;

describe('required fields', () => {
  it.each(RECORD_KINDS)('SY14 a %s with nothing but what is required is valid', (kind) => {
    expect(refusal(kind, VALID[kind])).toBe('valid');
  });

  const required = RECORD_KINDS.flatMap((kind) =>
    Object.keys(VALID[kind])
      .filter((field) => field !== 'integrationContext')
      .map((field) => [kind, field] as const),
  );
  it.each(required)('SY14 a %s without %s is refused by that name', (kind, field) => {
    expect(refusal(kind, without(VALID[kind], field))).toBe(missing(`/${field}`));
  });

  it('SY14 names every missing field, a line each', () => {
    expect(refusal('stage', {})).toBe(missing('/stage') + missing('/atsCreatedAt'));
  });

  it('SY14 a job names its company by URN, page or name', () => {
    const job = without(VALID.job, 'integrationContext');
    expect(refusal('job', job)).toBe(missing('/integrationContext'));
    for (const field of ['company', 'companyName', 'companyPageUrl'])
      expect(refusal('job', { ...job, [field]: 'x' })).toBe('valid');
  });

  it('SY14 nested persons have both names, phone numbers a number', () => {
    expect(refusal('candidateNote', { author: { firstName: 'A' } })).toBe(missing('/author/lastName'));
    expect(refusal('interviewFeedback', { interviewer: {} })).toBe(
      missing('/interviewer/firstName') + missing('/interviewer/lastName'),
    );
    const phoneNumbers = [{ number: '1' }, { extension: '2' }];
    expect(refusal('candidate', { ...VALID.candidate, phoneNumbers })).toBe(
      missing('/phoneNumbers/1/number'),
    );
  });
});

describe('types', () => {
  it.each([
    ['candidate', 'atsCreatedAt', 'soon', '"soon" cannot be coerced to Long'],
    ['candidate', 'atsCreatedAt', 0, '0 is not a time in epoch milliseconds (a whole number above 0)'],
    ['candidate', 'atsCreatedAt', 1.5, '1.5 is not a time in epoch milliseconds (a whole number above 0)'],
    ['candidate', 'firstName', '', 'must not be empty'],
    ['candidate', 'lastName', 7, '7 cannot be coerced to String'],
    ['candidate', 'doNotContact', 'no', '"no" cannot be coerced to Boolean'],
    ['candidate', 'emailAddresses', 'a@b.c', '"a@b.c" cannot be coerced to Array'],
    ['candidate', 'phoneNumbers', {}, '{} cannot be coerced to Array'],
    ['interviewFeedback', 'interviewType', 'VIDEO', '"VIDEO" is not an enum symbol'],
    ['job', 'jobPostingOperationType', 'UPDATED', '"UPDATED" is not an enum symbol'],
    ['job', 'availability', 'SECRET', '"SECRET" is not an enum symbol'],
    ['job', 'title', 'x'.repeat(201), 'is longer than 200 characters'],
    ['job', 'alternateLocations', Array.from({ length: 8 }, () => 'x'), 'has too many elements'],
  ] as const)('SY14 %s.%s is refused as %j', (kind, field, value, reason) => {
    expect(refusal(kind, { ...VALID[kind], [field]: value })).toBe(`ERROR :: /${field} :: ${reason}\n`);
  });

  it.each([null, 5, 'x', []])('SY14 %j is no record', (value) => {
    expect(refusal('candidate', value)).toContain('ERROR :: / :: ');
  });

  it.each(['a', 'a@', '@b.c', 'a@b', 'a b@c.d', 'a@b..c', 'a@.c'])(
    'SY15 %j is no e-mail address',
    (address) => {
      const reason = 'is not an e-mail address of the form X@X.X\n';
      expect(refusal('candidate', { ...VALID.candidate, emailAddresses: ['a@b.c', address] })).toBe(
        `ERROR :: /emailAddresses/1 :: ${reason}`,
      );
      expect(refusal('application', { ...VALID.application, candidateEmail: address })).toBe(
        `ERROR :: /candidateEmail :: ${reason}`,
      );
    },
  );

  it('SY15 a record is not modified before it was created, and Not Available is no stage', () => {
    expect(refusal('candidate', { ...VALID.candidate, atsLastModifiedAt: 1 })).toBe(
      'ERROR :: /atsLastModifiedAt :: is before atsCreatedAt\n',
    );
    expect(refusal('stage', { ...VALID.stage, stage: 'Not Available' })).toContain('/stage');
  });

  it('SY9 refuses NUL, half a surrogate pair and endless nesting where they would be stored, and nowhere else', () => {
    expect(refusal('stage', { ...VALID.stage, stage: 'a\u0000b' })).toBe(
      'ERROR :: /stage :: contains a NUL character\n',
    );
    expect(refusal('candidateNote', { note: '\ud83d' })).toBe(
      'ERROR :: /note :: contains half of a surrogate pair\n',
    );
    let nested: unknown = 'x';
    for (let depth = 0; depth < 10_000; depth++) nested = [nested];
    expect(refusal('job', { ...VALID.job, compensation: { nested } })).toMatch(/is nested too deep\n$/);
    expect(refusal('candidate', { ...VALID.candidate, emailAddresses: nested })).toBe(
      'ERROR :: /emailAddresses/0 :: ["…"] cannot be coerced to String\n',
    );
    expect(refusal('candidateNote', { note: 'x', unknown: nested, other: '\u0000' })).toBe('valid');
    expect(refusal('candidateNote', { note: '👩🏽‍💻 مرحبا' })).toBe('valid');
  });
});
