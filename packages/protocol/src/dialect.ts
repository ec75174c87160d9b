import { ProtocolError } from './errors.ts';
import type { ResourceDefinition } from './resources.ts';
import type { RestResource } from './resources-rest.ts';
import type { TypedKey } from './restli/index.ts';

/** What the versioned dialect says, in the names of the unversioned one, and back. Resources of /v2 pass unchanged. */

/** Where the unversioned dialect stands, and the one that names its version in a header. */
export const ROOTS = { v2: '/v2/', rest: '/rest/' } as const;

export const DIALECT_VERSION_HEADER = 'LinkedIn-Version';
/** The oldest that the documentation shows; before it shapes were others. Versions do not age by themselves. */
const OLDEST_VERSION = 202_504;

/** @throws ProtocolError VERSION_MISSING; NONEXISTENT_VERSION for one that is retired, or is none */
export function requireDialectVersion(header: string | undefined): void {
  const version = header?.trim() ?? '';
  if (version === '') throw new ProtocolError('VERSION_MISSING');
  if (!/^20\d\d(0[1-9]|1[0-2])$/.test(version) || Number(version) < OLDEST_VERSION)
    throw new ProtocolError('NONEXISTENT_VERSION', `Requested version ${version.slice(0, 20)} is not active`);
}

interface Names {
  /** What the parts of the key are called under /v2, in the order of the key. */
  readonly parts: readonly string[];
  /** Fields from their names on the wire to those under /v2; null for a name of /v2 that is no name here. */
  readonly fields: ReadonlyMap<string, string | null>;
  /** Fields and parts from /v2 to the wire. */
  readonly toWire: ReadonlyMap<string, string>;
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const known = new WeakMap<ResourceDefinition, Names>();

function namesOf(resource: ResourceDefinition): Names {
  const found = known.get(resource) ?? readNames(resource);
  known.set(resource, found);
  return found;
}

function readNames(resource: ResourceDefinition & Partial<RestResource>): Names {
  const parts = new Map(Object.entries(resource.parts ?? {}));
  const fields = Object.entries(resource.fields ?? {}).filter(([here, there]) => here !== there);
  return {
    parts: resource.key.simple ? ['id'] : resource.key.parts.map((part) => parts.get(part) ?? part),
    fields: new Map([...fields.map(([, there]) => [there, null] as const), ...fields]),
    toWire: new Map([...parts, ...fields].map(([here, there]) => [there, here])),
    aliases: new Map(
      Object.entries(resource.aliases ?? {}).map(([part, values]) => [
        parts.get(part) ?? part,
        new Map(Object.entries(values)),
      ]),
    ),
  };
}

/** The parts of a key by their names under /v2; a simple key is its record's `id`. */
export interface KeyParts {
  get(name: string): string | undefined;
}

/** A child's key is preceded by the parts of its parent's. */
export function keyParts(key: TypedKey, resource: ResourceDefinition, parent?: KeyParts): KeyParts {
  return { get: (name) => partReader(resource, name, parent)(key) };
}

/** Reads one part of many keys. */
export function partReader(
  resource: ResourceDefinition,
  name: string,
  parent?: KeyParts,
): (key: TypedKey) => string | undefined {
  const { parts, aliases } = namesOf(resource);
  const index = parts.indexOf(name);
  const inherited = parent?.get(name);
  const meanings = aliases.get(name);
  return (key) => {
    const value = index < 0 ? inherited : (key[index] ?? inherited);
    return value === undefined ? undefined : (meanings?.get(value) ?? value);
  };
}

/** What a value of a key part means under /v2; the part by its name there. */
export function valueOfPart(resource: ResourceDefinition, part: string, value: string): string {
  return namesOf(resource).aliases.get(part)?.get(value) ?? value;
}

/** What a part or a field of /v2 is called on the wire of this resource. */
export function nameOnWire(resource: ResourceDefinition, name: string): string {
  return namesOf(resource).toWire.get(name) ?? name;
}

/** A record under the names of /v2. What is no object is left for its schema to refuse. */
export function recordFromWire(resource: ResourceDefinition, value: unknown): unknown {
  const { fields } = namesOf(resource);
  if (fields.size === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, content]) => {
      const field = fields.get(name);
      return field === null ? [] : [[field ?? name, content]];
    }),
  );
}

/** A record under the names of this resource. */
export function recordToWire(
  resource: ResourceDefinition,
  record: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { fields, toWire } = namesOf(resource);
  if (fields.size === 0) return record;
  return Object.fromEntries(
    Object.entries(record).map(([name, content]) => [toWire.get(name) ?? name, content]),
  );
}

/** A message of the data validator, its fields named as the sender knows them. */
export function messageToWire(resource: ResourceDefinition, message: string): string {
  const { toWire } = namesOf(resource);
  if (toWire.size === 0) return message;
  return message.replace(
    /^(ERROR :: \/)(\w+)|( is before )(\w+)$/gm,
    (_, start = '', path = '', before = '', other = '') =>
      `${start}${toWire.get(path) ?? path}${before}${toWire.get(other) ?? other}`,
  );
}

/** The field whose text is longer than this dialect takes, with the most characters it takes. */
export function tooLong(
  resource: ResourceDefinition & Partial<RestResource>,
  record: Readonly<Record<string, unknown>>,
): { readonly field: string; readonly most: number } | null {
  for (const [field, most] of Object.entries(resource.longest ?? {})) {
    const value = record[field];
    if (typeof value === 'string' && value.length > most) return { field, most };
  }
  return null;
}
