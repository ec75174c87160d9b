/**
 * `npm run train`: learns the weights of matching from people whose truth is not looked at, and prints the file that
 * packages/platform/src/matching/weights.json is to become once it was read. With --out it is written.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { identifiersOf, identifierText, NO_WEAK } from '../../packages/platform/src/matching/identifiers.ts';
import { type Model, startingModel, WEIGHTS } from '../../packages/platform/src/matching/model.ts';
import {
  candidatePerson,
  type MemberPerson,
  memberPerson,
  type Person,
} from '../../packages/platform/src/matching/person.ts';
import { scorePair } from '../../packages/platform/src/matching/score.ts';
import { softTermsOf } from '../../packages/platform/src/matching/soft-terms.ts';
import {
  bitsOf,
  combine,
  estimate,
  type Levels,
  type Pattern,
  PatternCounts,
  type Shares,
  sharesOf,
} from '../../packages/platform/src/matching/train/estimate.ts';
import { generate } from '../match-eval/generator/generate.ts';
import { Random } from '../match-eval/generator/random.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '11' },
    members: { type: 'string', default: '60000' },
    candidates: { type: 'string', default: '40000' },
    pairs: { type: 'string', default: '1000000' },
    version: { type: 'string', default: 'trained' },
    out: { type: 'string' },
  },
});
const [seed, size, count, pairs] = [values.seed, values.members, values.candidates, values.pairs].map(
  Number,
) as [number, number, number, number];

/**
 * How often two people share a value by chance; too seldom to be seen in any sample. That they write one mailbox in two ways, or
 * that one has given up the address of the other, is rarer still.
 */
const BY_CHANCE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  email: { exact: 3e-8, canon: 3e-9, typo: 1e-6, local: 2e-3 },
  phone: { exact: 1e-7, national: 1e-6 },
  url: { current: 2e-8, former: 2e-9 },
};
/** Not learnt: the generated people have no streets. */
const FIXED = new Set(['street']);
/**
 * Levels that the generated people do not show as others do: their titles are the same or another, their postcodes end in
 * digits that nobody shares, and a name that is only just another is another person's. Elsewhere more people have moved on, and
 * a place is written now as the suburb and now as the city.
 */
const KEPT: ReadonlySet<string> = new Set([
  'title.similar',
  'title.different',
  'place.different',
  'place.postcode',
  'email.local',
  'email.more',
  'phone.national',
  'name.similar',
  'name.near',
  'name.familyOnly',
  'name.givenOnly',
]);
/** One pass found by identifiers, one by names. */
const IDENTIFIERS = new Set(['email', 'phone', 'url']);
const NAMES = new Set(['name']);

const levels: Levels = Object.fromEntries(
  Object.entries(WEIGHTS.fields)
    .filter(([field]) => !FIXED.has(field))
    .map(([field, bits]) => [field, Object.keys(bits).filter((level) => level !== 'more')]),
);
const model: Model = { ...startingModel(size), memberCount: size };
const hash = createHash('sha256');
const run = generate({ seed, members: size, candidates: count });
const members: MemberPerson[] = [];
for (const line of run.members()) {
  hash.update(JSON.stringify(line));
  members.push(memberPerson({ ...line, memberId: members.length }));
}
const candidates: Person[] = [];
for (const { candidate } of run.candidates()) {
  hash.update(JSON.stringify(candidate));
  candidates.push(candidatePerson(candidate));
}

const unlike = chances();
const start: Shares = Object.fromEntries(
  Object.entries(levels).map(([field, names]) => {
    const shares = names.map(
      (name) => (unlike[field]?.[name] ?? 0.1) * 2 ** (WEIGHTS.fields[field]?.[name] ?? 0),
    );
    const total = shares.reduce((sum, share) => sum + share, 0);
    return [field, Object.fromEntries(names.map((name, n) => [name, (shares[n] ?? 0) / total]))];
  }),
);
const passes = [
  pass(IDENTIFIERS, (person) => identifiersOf(person).map(identifierText)),
  pass(NAMES, (person) =>
    softTermsOf(person).flatMap(({ kind, value }) => (kind === 'sound' ? [value] : [])),
  ),
];
const matches = combine(passes, levels);
const learnt = bitsOf(matches, unlike, WEIGHTS.largestBits);
const fields = Object.fromEntries(
  Object.entries(WEIGHTS.fields).map(([field, bits]) => [
    field,
    Object.fromEntries(
      Object.entries(bits).map(([level, bit]) => [
        level,
        KEPT.has(`${field}.${level}`) ? bit : (learnt[field]?.[level] ?? bit),
      ]),
    ),
  ]),
);
const result = {
  ...WEIGHTS,
  version: values.version,
  fields,
  training: {
    seed,
    members: size,
    candidates: candidates.length,
    dataSha256: hash.digest('hex'),
    randomPairs: pairs,
    notLearnt: [...FIXED, ...KEPT],
    passes: passes.map(({ blocked, estimate: { share, rounds, weight } }) => ({
      foundBy: [...blocked],
      pairsOfOnePerson: Math.round(weight),
      share: Math.round(share * 1e4) / 1e4,
      rounds,
    })),
    matches: rounded(matches),
    unlike: rounded(unlike),
  },
};
const text = `${JSON.stringify(result, null, 2)}\n`;
if (values.out) writeFileSync(values.out, text);
else process.stdout.write(text);

/**
 * Two members are two people, so what they have in common is chance; among candidates and members some pairs are one person,
 * and that alone would cancel the prior. The left one is blanked where some candidate is blank: otherwise what little a sparse
 * record has would seem to be rare.
 */
function chances(): Shares {
  const random = new Random(seed, 90);
  const counts = new PatternCounts();
  for (let n = 0; n < pairs; n++) {
    const [left, right] = [members[random.below(size)], members[random.below(size)]];
    const mask = candidates[random.below(candidates.length)];
    if (!left || !right || !mask || left === right) continue;
    counts.add(patternOf(masked(left, mask), right));
  }
  const seen = sharesOf(counts.all(), levels);
  return Object.fromEntries(
    Object.entries(seen).map(([field, shares]) => [field, { ...shares, ...BY_CHANCE[field] }]),
  );
}

function masked(person: Person, mask: Person): Person {
  return {
    name: person.name,
    emails: mask.emails.length > 0 ? person.emails.slice(0, mask.emails.length) : [],
    phones: mask.phones.length > 0 ? person.phones : [],
    profileUrls: mask.profileUrls.length > 0 ? person.profileUrls.slice(0, 1) : [],
    companies: mask.companies.length > 0 ? person.companies.slice(0, 1) : [],
    titles: mask.titles.length > 0 ? person.titles.slice(0, 1) : [],
    places: mask.places.length > 0 ? person.places.slice(0, 1) : [],
  };
}

function pass(blocked: ReadonlySet<string>, keysOf: (person: Person) => string[]) {
  const holders = new Map<string, MemberPerson[]>();
  for (const member of members) {
    for (const key of keysOf(member)) {
      const held = holders.get(key);
      if (held) held.push(member);
      else holders.set(key, [member]);
    }
  }
  const counts = new PatternCounts();
  for (const candidate of candidates) {
    const found = new Set(keysOf(candidate).flatMap((key) => holders.get(key) ?? []));
    for (const member of found) counts.add(patternOf(candidate, member));
  }
  return { blocked, estimate: estimate(counts.all(), { levels, unlike, blocked, start }) };
}

function patternOf(left: Person, right: MemberPerson): Pattern {
  const { evidence } = scorePair(left, right, model, NO_WEAK);
  return Object.fromEntries(
    evidence.flatMap(({ field, level }) => (level === 'more' || FIXED.has(field) ? [] : [[field, level]])),
  );
}

function rounded(shares: Shares): Shares {
  return Object.fromEntries(
    Object.entries(shares).map(([field, names]) => [
      field,
      Object.fromEntries(Object.entries(names).map(([name, share]) => [name, Number(share.toPrecision(3))])),
    ]),
  );
}
