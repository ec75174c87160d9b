import { createHash } from 'node:crypto';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';

const text = () => Type.Optional(Type.String());
const list = <T extends TSchema>(item: T) => Type.Optional(Type.Array(item));

/** The part of jsonresume.org's schema that a member record has room for; without its nulls. */
const JsonResume = Type.Object({
  basics: Type.Object({
    name: text(),
    label: text(),
    image: text(),
    email: text(),
    phone: text(),
    url: text(),
    summary: text(),
    location: Type.Optional(
      Type.Object({ address: text(), postalCode: text(), city: text(), countryCode: text(), region: text() }),
    ),
    profiles: list(Type.Object({ url: text() })),
  }),
  work: list(
    Type.Object({ name: text(), company: text(), position: text(), startDate: text(), endDate: text() }),
  ),
  education: list(
    Type.Object({ institution: text(), area: text(), studyType: text(), startDate: text(), endDate: text() }),
  ),
  skills: list(Type.Object({ name: text() })),
  references: list(Type.Object({ name: text(), reference: text() })),
});
type JsonResume = Static<typeof JsonResume>;

const compiled = TypeCompiler.Compile(JsonResume);

export function isJsonResume(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'basics' in value;
}

/**
 * A résumé as a line of the member import. Its id is a hash of the e-mail address, so that the same person's next résumé
 * replaces this one; nothing is shared with third parties.
 */
export function memberLineOf(value: unknown): { readonly value: unknown } | { readonly refused: string } {
  if (!compiled.Check(value)) {
    const path = compiled
      .Errors(value)
      .First()
      ?.path.slice(1)
      .replaceAll('/', '.')
      .replaceAll(/\.\d+/g, '[]');
    return { refused: `wrong type of ${path}` };
  }
  const { basics } = value;
  const email = basics.email?.trim().toLowerCase();
  if (!email) return { refused: 'missing basics.email' };
  const { location } = basics;
  return {
    value: {
      id: `resume-${createHash('sha256').update(email).digest('hex').slice(0, 32)}`,
      ...splitName(basics.name ?? ''),
      emails: [basics.email],
      phones: basics.phone ? [basics.phone] : [],
      profileUrls: (basics.profiles ?? []).flatMap(({ url }) => url ?? []),
      websites: basics.url ? [basics.url] : [],
      headline: basics.label,
      summary: basics.summary,
      pictureUrl: basics.image,
      location: [location?.city, location?.region, location?.countryCode].filter(Boolean).join(', ') || null,
      address: location
        ? {
            line1: location.address,
            city: location.city,
            geographicArea: location.region,
            postalCode: location.postalCode,
            country: location.countryCode,
          }
        : null,
      ...career(value),
      shareWithThirdParties: false,
    },
  };
}

function career({ work, education, skills, references }: JsonResume) {
  return {
    positions: (work ?? []).map(({ name, company, position, startDate, endDate }) => ({
      title: position,
      companyName: name ?? company,
      startDate: dateOf(startDate),
      endDate: dateOf(endDate),
    })),
    educations: (education ?? []).map(({ institution, area, studyType, startDate, endDate }) => ({
      school: institution,
      degree: studyType,
      field: area,
      startDate: dateOf(startDate),
      endDate: dateOf(endDate),
    })),
    skills: (skills ?? []).flatMap(({ name }) => name ?? []),
    recommendations: (references ?? []).flatMap(({ name, reference }) =>
      name && reference ? [{ author: name, text: reference }] : [],
    ),
  };
}

/** Résumés hold free text where a date belongs ("Present"); only a date is kept. */
function dateOf(date: string | null | undefined): string | null {
  return date?.match(/^\d{4}(-\d{2}){0,2}/)?.[0] ?? null;
}

/** "Ana María López": the last word is the family name, as the format has no field for it. */
function splitName(name: string): { firstName: string; lastName: string } {
  const words = name.trim().split(/\s+/);
  const lastName = words.length > 1 ? (words.pop() ?? '') : '';
  return { firstName: words.join(' '), lastName };
}
