import { type Static, Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';

const text = () => Type.Optional(Type.String());
const flag = () => Type.Optional(Type.Boolean());
const texts = () => Type.Optional(Type.Array(Type.String()));
/** "2019-03", "2019" or "2019-03-01". */
const month = () => Type.Optional(Type.String({ pattern: '^\\d{4}(-\\d{2}){0,2}$' }));

/** One line of a member import, without its nulls. Only `id` and a name are required. */
const MemberLine = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 500 }),
  firstName: text(),
  middleName: text(),
  lastName: text(),
  suffix: text(),
  maidenName: text(),
  emails: texts(),
  phones: texts(),
  profileUrls: texts(),
  headline: text(),
  summary: text(),
  industry: text(),
  pictureUrl: text(),
  location: text(),
  address: Type.Optional(
    Type.Object({ line1: text(), city: text(), geographicArea: text(), postalCode: text(), country: text() }),
  ),
  websites: texts(),
  positions: Type.Optional(
    Type.Array(Type.Object({ title: text(), companyName: text(), startDate: month(), endDate: month() })),
  ),
  educations: Type.Optional(
    Type.Array(
      Type.Object({ school: text(), degree: text(), field: text(), startDate: month(), endDate: month() }),
    ),
  ),
  skills: texts(),
  recommendations: Type.Optional(
    Type.Array(Type.Object({ author: Type.String(), authorTitle: text(), text: Type.String() })),
  ),
  connections: texts(),
  openToWork: flag(),
  followsOrganizations: texts(),
  shareWithThirdParties: flag(),
  closed: flag(),
});
export type MemberLine = Static<typeof MemberLine>;

const compiled = TypeCompiler.Compile(MemberLine);

/** Many directories number their people. */
function withTextId(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value && Number.isSafeInteger(value.id)
    ? { ...value, id: String(value.id) }
    : value;
}

type Checked = { readonly line: MemberLine } | { readonly refused: string };

/** The reason names the field, never its value: it is printed and counted. */
export function checkMemberLine(given: unknown, { isNameOptional = false } = {}): Checked {
  const value = withTextId(given);
  if (!compiled.Check(value)) {
    const error = compiled.Errors(value).First();
    const field = (error?.path ?? '').slice(1).replaceAll('/', '.').replaceAll(/\.\d+/g, '[]');
    if (error?.value === undefined) return { refused: field ? `missing ${field}` : 'not an object' };
    const isForm = typeof error?.value === 'string' && error.schema.type === 'string';
    return { refused: field ? `wrong ${isForm ? 'form' : 'type'} of ${field}` : 'not an object' };
  }
  // A closed account may come with nothing but its id.
  const isNamed = Boolean(value.firstName?.trim() || value.lastName?.trim());
  if (!isNamed && !isNameOptional && value.closed !== true) return { refused: 'missing name' };
  return isStorable(value) ? { line: value } : { refused: 'holds a character that cannot be stored' };
}

/** Deeper than any field; what lies below is dropped, so that its field has the wrong type. */
const MAX_DEPTH = 16;

/** Null says the same as an absent field. */
export function withoutNulls(value: unknown, depth = 0): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (depth === MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return value.map((inner) => withoutNulls(inner, depth + 1));
  const present = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(present.map(([name, inner]) => [name, withoutNulls(inner, depth + 1)]));
}

/** PostgreSQL can store neither NUL nor half of a surrogate pair; JSON can carry both. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\u0000') && value.isWellFormed();
  if (value === null || typeof value !== 'object') return true;
  return Object.values(value).every(isStorable);
}
