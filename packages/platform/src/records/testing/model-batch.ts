import { keyIdentity, RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import fc from 'fast-check';
import { KINDS } from '../kinds.ts';
import type { Fields, ModelBatch, ModelChange, ModelItem } from './model.ts';
import { applicationRecord, candidateRecord } from './sample-records.ts';

/** What batches are made of. Few ids, so that they meet; the same for parents and children, so that a cascade could take the wrong ones. */
export interface ModelWorld {
  readonly kinds: readonly RecordKind[];
  readonly ids: readonly string[];
  readonly children: readonly string[];
  /** Member ids. */
  readonly members: readonly number[];
  readonly most: number;
  /** Of a hundred records: how many are broken. */
  readonly broken: number;
  /** Postings are of this moment: an end is to come. */
  readonly now: number;
}

interface Content {
  readonly record: Fields;
  readonly refusal?: number;
}

const text = fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { nil: undefined });
const time = fc.integer({ min: 1, max: 9 });
const flag = fc.constantFrom(true, false, undefined);
const actor = fc.constantFrom(undefined, null, { firstName: 'Grace', lastName: "O'Neil, (so): 100%" });

/** What a kind's schema must refuse, laid over a good record. */
const BROKEN: { readonly [K in RecordKind]?: readonly Fields[] } = {
  candidate: [
    { firstName: undefined },
    { firstName: '' },
    { lastName: 5 },
    { emailAddresses: ['nobody'] },
    { emailAddresses: null },
    { atsCreatedAt: 0 },
    { atsLastModifiedAt: 1 },
    { currentJobTitle: 'a\u0000b' },
    { currentCompanyName: '\ud800' },
    { phoneNumbers: [{}] },
    { doNotContact: 'yes' },
  ],
  application: [
    { firstName: undefined },
    { atsJobPostingId: '' },
    { atsJobPostingName: null },
    { candidateEmail: 'nobody@nowhere' },
    { atsLastModifiedAt: 1.5 },
    { source: 7 },
  ],
  candidateNote: [{ note: 5 }, { author: { firstName: 'Grace' } }, { atsCreatedAt: -1 }],
  applicationNote: [{ note: {} }, { author: 'Grace' }, { externalLastModifiedAt: '9' }],
  interviewFeedback: [{ interviewType: 'CHAT' }, { evaluations: [{}] }, { interviewer: { lastName: 'x' } }],
  stage: [{ stage: 'Not Available' }, { stage: '' }, { atsCreatedAt: undefined }, { atsCreatedAt: '1' }],
};

const BROKEN_PATCHES: readonly Fields[] = [
  { firstName: null },
  { emailAddresses: 'nobody@example.com' },
  { atsLastModifiedAt: 1 },
  { nickname: 'x' },
];

const BROKEN_POSTINGS: readonly (readonly [Fields, status: number])[] = [
  [{ title: undefined }, 422],
  [{ listedAt: 'today' }, 422],
  [{ jobPostingOperationType: 'UPDATED' }, 422],
  [{ location: undefined }, 422],
  [{ industries: ['urn:li:skill:1'] }, 422],
  [{ workplaceTypes: ['Hybrid', 'Remote'] }, 400],
  [{ companyApplyUrl: 'ftp://jobs.example.com' }, 400],
];

function fieldsOf(kind: RecordKind, { ids, now }: ModelWorld): fc.Arbitrary<Fields> {
  const id = fc.constantFrom(...ids);
  switch (kind) {
    case 'candidate':
      return fc
        .record({
          currentJobTitle: text,
          middleInitial: fc.constantFrom(null, undefined, 'K'),
          doNotContact: flag,
          phoneNumbers: fc.constantFrom(undefined, [], [{ number: '1' }]),
          addresses: fc.constantFrom(undefined, [{ city: 'Köln', country: 'de' }]),
        })
        .map(candidateRecord);
    case 'application':
      return fc
        .record({
          atsCandidateId: fc.option(id, { nil: undefined }),
          atsJobPostingId: id,
          source: text,
          dispositionReason: fc.constantFrom(undefined, '', 'Other'),
          accessRestricted: flag,
        })
        .map(applicationRecord);
    case 'candidateNote':
    case 'applicationNote':
      return fc.record({
        note: text,
        author: actor,
        atsCreatedAt: time,
        externalLastModifiedAt: fc.option(time, { nil: undefined }),
      });
    case 'interviewFeedback':
      return fc.record({
        feedback: text,
        interviewer: actor,
        interviewType: fc.constantFrom(undefined, 'PHONE_SCREEN', 'ONSITE'),
        evaluations: fc.constantFrom(undefined, [{ attribute: 'Clarity', result: '4/5' }]),
      });
    case 'stage':
      return fc.record({
        stage: fc.constantFrom('Applied', 'Onsite', 'Hired', 'Abgelehnt'),
        atsCreatedAt: time,
      });
    case 'job':
      return posting(now);
    case 'entityAcl':
    case 'entityAclAssignee':
      return fc.constant({});
  }
}

const DAY_MS = 24 * 3_600_000;

function posting(now: number): fc.Arbitrary<Fields> {
  return fc
    .record({
      jobPostingOperationType: fc.constantFrom(undefined, undefined, 'CREATE', 'UPDATE', 'RENEW', 'CLOSE'),
      state: fc.constantFrom(undefined, 'LISTED', 'LISTED', 'CLOSED'),
      availability: fc.constantFrom('PUBLIC', 'PRIVATE_TO_ATS_INTEGRATION', 'PRIVATE_TO_ATS_INTEGRATION'),
      description: fc.constantFrom('We build bridges.', 'd'.repeat(100)),
      accessRestricted: flag,
      companyJobCode: text,
      workplaceTypes: fc.constantFrom(undefined, ['Remote']),
      // A renewal without an end of its own ends by the platform's clock.
      expireAt: fc.integer({ min: 40, max: 60 }).map((days) => now + days * DAY_MS),
    })
    .map((changes) => ({
      title: 'Engineer',
      location: 'Berlin, Germany',
      companyApplyUrl: 'https://jobs.example.com/1',
      listedAt: 1_700_000_000_000,
      ...changes,
    }));
}

const PATCHES: fc.Arbitrary<Fields> = fc.record(
  {
    currentJobTitle: fc.option(fc.string({ unit: 'grapheme', maxLength: 8 })),
    currentCompanyName: fc.constantFrom(null, 'Forth'),
    phoneNumbers: fc.constantFrom(null, [{ number: '2' }]),
    doNotContact: fc.constantFrom(null, true),
    lastName: fc.constantFrom('Byron', 'King'),
  },
  { requiredKeys: [] },
);

function contentOf(kind: RecordKind, change: ModelChange, world: ModelWorld): fc.Arbitrary<Content> {
  const good = change === 'patch' ? PATCHES : fieldsOf(kind, world);
  const faults =
    change === 'patch'
      ? BROKEN_PATCHES.map((fault) => [fault, 422] as const)
      : change === 'post'
        ? BROKEN_POSTINGS
        : (BROKEN[kind] ?? []).map((fault) => [fault, 422] as const);
  const fine = good.map((record): Content => ({ record }));
  if (change === 'delete' || faults.length === 0 || world.broken === 0) return fine;
  const broken = fc
    .tuple(good, fc.constantFrom(...faults))
    .map(([record, [fault, refusal]]): Content => ({ record: { ...record, ...fault }, refusal }));
  return fc.oneof(
    { weight: 100 - world.broken, arbitrary: fine },
    { weight: world.broken, arbitrary: broken },
  );
}

function keyOf(kind: RecordKind, { ids, children, members }: ModelWorld, parent?: string) {
  const parts = KINDS[kind].key.map(({ part }, index) => {
    if (part === 'assignee') return fc.constantFrom(...members.map(String));
    if (part === 'atsEntityType') return fc.constant('JOB_POSTING');
    if (part === 'id') return fc.constantFrom(...children);
    return index === 0 && parent !== undefined ? fc.constant(parent) : fc.constantFrom(...ids);
  });
  return fc.tuple(...parts);
}

const CHANGES: { readonly [K in RecordKind]?: readonly ModelChange[] } = {
  job: ['post'],
  candidate: ['upsert', 'upsert', 'upsert', 'patch', 'delete'],
};

/** A batch of one kind, each key once. With `hasOneParent` children are all of one parent, as a path under /v2 has it. */
export function modelBatch(world: ModelWorld, hasOneParent = false): fc.Arbitrary<ModelBatch> {
  return fc
    .constantFrom(...world.kinds)
    .chain((kind) =>
      fc.tuple(
        fc.constant(kind),
        fc.constantFrom(...(CHANGES[kind] ?? (['upsert', 'upsert', 'delete'] as const))),
        fc.constantFrom(...world.ids),
      ),
    )
    .chain(([kind, change, parent]) => {
      const isChild = KINDS[kind].key.some(({ part }) => part === 'id');
      const item: fc.Arbitrary<ModelItem> = fc
        .record({
          key: keyOf(kind, world, hasOneParent && isChild ? parent : undefined),
          content: contentOf(kind, change, world),
          link:
            kind === 'candidate' && change !== 'delete'
              ? fc.constantFrom<number | null | undefined>(undefined, undefined, null, ...world.members)
              : fc.constant(undefined),
        })
        .map(({ key, content, link }) => ({ key, ...content, link }));
      return fc.record({
        kind: fc.constant(kind),
        change: fc.constant(change),
        items: fc.uniqueArray(item, {
          minLength: 1,
          maxLength: world.most,
          size: 'max',
          selector: ({ key }) => keyIdentity(key),
        }),
      });
    });
}

/** Kinds that go through the batch engine; a posting is judged before. */
export const BATCH_KINDS = RECORD_KINDS.filter((kind) => kind !== 'job');
