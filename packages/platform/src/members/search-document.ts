import anyAscii from 'any-ascii';
import type { MemberLine } from './schema.ts';

/** Words by weight, as PostgreSQL ranks them: A counts most. */
export interface SearchDocument {
  readonly a: string;
  readonly b: string;
  readonly c: string;
  readonly d: string;
}

/** A tsvector ends at 1 MB; nobody is found by the hundred-thousandth letter of a description. */
const MAX_CHARS = 60_000;

/**
 * What a person is found by: name, then headline and titles, then companies and skills, then place, industry and schools.
 * Each as written and, where that differs, in plain Latin letters. No address, e-mail or phone: those are not searched.
 */
export function searchDocument(line: MemberLine): SearchDocument {
  const positions = line.positions ?? [];
  return {
    a: both([line.firstName, line.middleName, line.lastName, line.suffix, line.maidenName]),
    b: both([line.headline, ...positions.map((position) => position.title)]),
    c: both([...positions.map((position) => position.companyName), ...(line.skills ?? [])]),
    d: both([
      line.location,
      line.address?.city,
      line.address?.geographicArea,
      line.industry,
      ...(line.educations ?? []).flatMap(({ school, field }) => [school, field]),
    ]),
  };
}

/** The plain Latin form of a search term or a field: "Søren" → "soren", "王小明" → "wangxiaoming". */
export function foldForSearch(text: string): string {
  return anyAscii(text.normalize('NFKC')).toLowerCase();
}

function both(parts: readonly (string | null | undefined)[]): string {
  const written = parts.filter(Boolean).join(' ').slice(0, MAX_CHARS);
  const folded = foldForSearch(written);
  return folded === written.toLowerCase() ? written : `${written} ${folded.slice(0, MAX_CHARS)}`;
}
