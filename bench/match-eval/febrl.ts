import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabelledCandidate, MemberLine } from './generator/generate.ts';
import type { LabelledSet } from './labelled-set.ts';

/** Where data lies that is not part of the repository. */
export const SHARED_DATA =
  process.env.CARRICK_SHARED_DATA ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data');

/**
 * The two files of febrl4: 5,000 people and one spoilt record of each. Birth date and social security number are left out: a
 * candidate of an ATS has neither. Null where the files are not there.
 */
export function febrlSet(folder = SHARED_DATA): LabelledSet | null {
  const [originals, duplicates] = ['febrl4a.csv', 'febrl4b.csv'].map((name) => join(folder, name));
  if (!originals || !duplicates || !existsSync(originals) || !existsSync(duplicates)) return null;
  const people = rowsOf(originals);
  const records = rowsOf(duplicates);
  return {
    name: 'febrl4',
    members: () => people.map(memberOf),
    candidates: () => records.map(candidateOf),
  };
}

type Row = Readonly<Record<string, string>>;

function rowsOf(path: string): Row[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  const names = header.split(',').map((name) => name.trim());
  return lines.map((line) => {
    const cells = line.split(',').map((cell) => cell.trim());
    return Object.fromEntries(names.map((name, n) => [name, cells[n] ?? '']));
  });
}

const numberOf = ({ rec_id: id = '' }: Row) => id.split('-')[1] ?? id;

function present<T extends Readonly<Record<string, string>>>(fields: T): Partial<T> {
  // Only entries of the object itself are left out.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<T>;
}

function addressOf(row: Row) {
  return present({
    line1: [row.street_number, row.address_1].filter(Boolean).join(' '),
    city: row.suburb ?? '',
    geographicArea: row.state ?? '',
    postalCode: row.postcode ?? '',
    country: 'au',
  });
}

function memberOf(row: Row): MemberLine {
  return {
    id: numberOf(row),
    ...present({ firstName: row.given_name ?? '', lastName: row.surname ?? '' }),
    address: addressOf(row),
  };
}

function candidateOf(row: Row): LabelledCandidate {
  const number = numberOf(row);
  return {
    candidate: {
      id: `dup-${number}`,
      ...present({ firstName: row.given_name ?? '', lastName: row.surname ?? '' }),
      addresses: [present({ ...addressOf(row), line2: row.address_2 ?? '' }) as Record<string, string>], // none is undefined
    },
    truth: {
      candidate: `dup-${number}`,
      member: number,
      tags: ['febrl'],
      script: 'latin',
      locale: 'en',
      agrees: [],
      baits: [],
    },
  };
}
