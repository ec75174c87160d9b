import { capitalised } from './name.ts';
import { Random, Weighted } from './random.ts';

export interface Employer {
  readonly name: string;
  readonly domain: string;
  /** Behind the name where it is written in full. */
  readonly legalForm: string;
  readonly otherName: string | null;
}

const HEADS =
  `Apex Northwind Blue Summit Silver River Harbor Iron Bright Global United Pacific Atlantic Nova Vertex Orbit Cedar Maple Granite Falcon Lumen Quantum
  Delta Sierra Metro Prime First Royal Golden Green Crystal Stellar Arbor Beacon Cobalt Ember Fjord Halcyon Kestrel Meridian Onyx Pinnacle Quartz Raven Solstice Tundra
  Umbra Vesper Willow Zephyr Anchor Birch Compass Drift Echo Forge Glacier Horizon Ivory Juniper Kinetic Lattice Mosaic Nimbus Opal Pioneer`.split(
    /\s+/,
  );
const KINDS =
  `Systems Logistics Health Bank Insurance Foods Energy Software Media Motors Pharma Consulting Retail Airlines Partners Analytics Robotics Telecom Hospital
  Construction Engineering Capital Labs Networks Solutions Technologies University Hotels Textiles Chemicals Security Studios Water Rail Shipping Power Advisors Learning`.split(
    /\s+/,
  );
const FORMS =
  'Inc,Inc.,LLC,Ltd,Ltd.,GmbH,AG,S.A.,SAS,B.V.,Pvt Ltd,Pty Ltd,K.K.,Co., Ltd.,Corporation,Group,S.p.A.,Sp. z o.o.,A.Ş.,OOO,PLC'.split(
    /,(?! )/,
  );
const SHORT: Readonly<Record<string, string>> = {
  Technologies: 'Tech',
  International: 'Intl',
  University: 'Univ.',
  Engineering: 'Eng.',
  Solutions: 'Solns',
  Corporation: 'Corp',
};

const COUNT = 20_000;

/** Some thousands of employers, a few of them large. */
export function employers(seed: number): Weighted<Employer> {
  const random = new Random(seed, 120);
  const made = new Map<string, Employer>();
  while (made.size < COUNT) {
    const head = random.chance(0.6) ? random.pick(HEADS) : invented(random);
    const kind = random.pick(KINDS);
    const name = random.chance(0.12) ? `${head} International ${kind}` : `${head} ${kind}`;
    const domain = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '')}.${random.pick(TLDS)}`;
    if (made.has(domain)) continue;
    const otherName = name.replaceAll(/\w+/g, (word) => SHORT[word] ?? word);
    made.set(domain, {
      name,
      domain,
      legalForm: random.pick(FORMS),
      otherName: otherName === name ? null : otherName,
    });
  }
  return new Weighted([...made.values()], (_, rank) => 1 / (rank + 60));
}

const TLDS = [
  'com',
  'com',
  'com',
  'com',
  'io',
  'net',
  'org',
  'co',
  'de',
  'co.uk',
  'fr',
  'in',
  'com.br',
  'es',
  'nl',
  'pl',
];

function invented(random: Random): string {
  let word = '';
  for (let n = random.between(2, 3); n > 0; n--)
    word += random.pick([...'bcdfgklmnprstvz']) + random.pick(['a', 'e', 'i', 'o', 'u', 'an', 'or', 'el']);
  return capitalised(word);
}

export function writtenEmployer(random: Random, { name, legalForm, otherName }: Employer): string {
  const base = otherName !== null && random.chance(0.4) ? otherName : name;
  const text = random.chance(0.35) ? `${base}${random.chance(0.5) ? ',' : ''} ${legalForm}` : base;
  if (random.chance(0.06)) return text.toUpperCase();
  return random.chance(0.06) ? `The ${text}` : text;
}

const ROLES =
  `Software Engineer|Data Analyst|Project Manager|Account Executive|Registered Nurse|Accountant|Sales Representative|Product Manager|Marketing Manager|Business Analyst|Mechanical Engineer
  |Civil Engineer|Teacher|Customer Success Manager|Operations Manager|Data Scientist|UX Designer|Graphic Designer|Financial Analyst|HR Business Partner|Recruiter|Warehouse Associate|Electrician|Pharmacist
  |Research Scientist|Legal Counsel|Executive Assistant|Supply Chain Planner|Quality Engineer|DevOps Engineer|QA Engineer|Network Administrator|Security Analyst|Chef|Store Manager|Physician|Truck Driver|Copywriter`
    .split('|')
    .map((role) => role.trim());
const RANKS = [
  '',
  '',
  '',
  '',
  'Senior ',
  'Senior ',
  'Junior ',
  'Lead ',
  'Principal ',
  'Head of ',
  'Vice President, ',
];

export function titleOf(random: Random): string {
  return random.pick(RANKS) + random.pick(ROLES);
}

export function writtenTitle(random: Random, title: string): string {
  if (!random.chance(0.4)) return title;
  return title
    .replace('Senior ', random.pick(['Sr. ', 'Sr ', 'Senior ']))
    .replace('Junior ', 'Jr. ')
    .replace('Vice President, ', random.pick(['VP ', 'VP, ', 'V.P. of ']))
    .replace('Engineer', random.pick(['Engineer', 'Eng.', 'Engineer II']))
    .replace('Manager', random.pick(['Manager', 'Mgr']))
    .replace('Representative', 'Rep');
}
