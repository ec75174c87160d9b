import { type TSchema, Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';

const optional = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
const text = () => optional(Type.String());

/** The wire's own fields, any of which may be missing, and an id. Of what matching does not read nothing is asked. */
const CandidateLine = Type.Object({
  id: Type.Union([Type.String({ minLength: 1, maxLength: 255 }), Type.Integer()]),
  firstName: text(),
  lastName: text(),
  middleInitial: text(),
  prefix: text(),
  suffix: text(),
  emailAddresses: optional(Type.Array(Type.Union([Type.String(), Type.Null()]))),
  phoneNumbers: optional(
    Type.Array(
      Type.Union([
        Type.String(),
        Type.Object({ number: text(), extension: text(), type: text() }),
        Type.Null(),
      ]),
    ),
  ),
  linkedInProfileUrl: text(),
  externalProfileUrl: text(),
  addresses: optional(
    Type.Array(
      Type.Union([
        Type.Object({
          line1: text(),
          city: text(),
          geographicArea: text(),
          postalCode: text(),
          country: text(),
        }),
        Type.Null(),
      ]),
    ),
  ),
  currentCompanyName: text(),
  currentJobTitle: text(),
});

const compiled = TypeCompiler.Compile(CandidateLine);

export interface TrialCandidate {
  readonly id: string;
  /** As a batch stores it. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** The reason names the field, never its value. */
export function checkCandidateLine(value: unknown): TrialCandidate | { readonly refused: string } {
  if (!compiled.Check(value)) {
    const error = compiled.Errors(value).First();
    const field = (error?.path ?? '').slice(1).replaceAll('/', '.').replaceAll(/\.\d+/g, '[]');
    if (!field) return { refused: 'not an object' };
    return { refused: error?.value === undefined ? `missing ${field}` : `wrong type of ${field}` };
  }
  if (!isStorable(value)) return { refused: 'holds a character that cannot be stored' };
  const { id, emailAddresses, phoneNumbers, addresses, ...texts } = value;
  return {
    id: String(id),
    record: {
      ...Object.fromEntries(TEXTS.map((name) => [name, texts[name] ?? null])),
      firstName: texts.firstName ?? '',
      lastName: texts.lastName ?? '',
      emailAddresses: (emailAddresses ?? []).filter((address) => address !== null),
      phoneNumbers: (phoneNumbers ?? []).flatMap((phone) => {
        if (phone === null) return [];
        if (typeof phone === 'string') return [{ number: phone }];
        return phone.number ? [{ number: phone.number, extension: phone.extension ?? null }] : [];
      }),
      addresses: (addresses ?? []).filter((address) => address !== null),
      atsCreatedAt: 1,
      atsLastModifiedAt: 1,
    },
  };
}

const TEXTS = [
  'middleInitial',
  'prefix',
  'suffix',
  'linkedInProfileUrl',
  'externalProfileUrl',
  'currentCompanyName',
  'currentJobTitle',
] as const;

/** PostgreSQL can store neither NUL nor half of a surrogate pair; JSON can carry both. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\u0000') && value.isWellFormed();
  if (value === null || typeof value !== 'object') return true;
  return Object.values(value).every(isStorable);
}
