import { MAX_DEPTH } from './limits.ts';
import { excerpt, RestliError } from './restli-error.ts';

export interface Patch {
  readonly set: ReadonlyMap<string, unknown>;
  readonly remove: ReadonlySet<string>;
  readonly children: ReadonlyMap<string, Patch>;
}

type Fields = Readonly<Record<string, unknown>>;

/** What stands under `patch`. Throws 400 for an unknown command or a field that is used twice. */
export function parsePatch(raw: unknown): Patch {
  return readPatch(raw, 'patch', 0);
}

function readPatch(raw: unknown, path: string, depth: number): Patch {
  if (depth > MAX_DEPTH) throw new RestliError(400, 'The patch is nested too deep');
  if (!isRecord(raw))
    throw new RestliError(400, `'${excerpt(path)}' must be an object of $set, $delete and fields to patch`);
  const set = new Map<string, unknown>();
  const remove = new Set<string>();
  const children = new Map<string, Patch>();
  const claim = (name: string): void => {
    if (set.has(name) || remove.has(name) || children.has(name))
      throw new RestliError(400, `'${excerpt(`${path}.${name}`)}' is patched in two ways`);
  };
  for (const [name, value] of Object.entries(raw)) {
    if (name === '$set') {
      if (!isRecord(value)) throw new RestliError(400, `'${excerpt(path)}.$set' must be an object`);
      for (const [field, wanted] of Object.entries(value)) {
        claim(field);
        set.set(field, wanted);
      }
    } else if (name === '$delete') {
      for (const field of fieldNames(value, path)) {
        claim(field);
        remove.add(field);
      }
    } else if (name.startsWith('$')) {
      throw new RestliError(400, `'${excerpt(`${path}.${name}`)}' is not supported: use $set or $delete`);
    } else {
      claim(name);
      children.set(name, readPatch(value, `${path}.${name}`, depth + 1));
    }
  }
  return { set, remove, children };
}

function fieldNames(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value;
  throw new RestliError(400, `'${excerpt(path)}.$delete' must be a list of field names`);
}

/**
 * The patched copy. A branch into an absent object makes it for a `$set` and does nothing for a
 * `$delete`. Throws 422 for a branch into what is no object.
 */
export function applyPatch(entity: Fields, patch: Patch): Record<string, unknown> {
  const patched = new Map(Object.entries(entity));
  for (const name of patch.remove) patched.delete(name);
  for (const [name, value] of patch.set) patched.set(name, value);
  for (const [name, child] of patch.children) {
    const current = patched.get(name) ?? undefined;
    if (current === undefined) {
      if (hasSet(child)) patched.set(name, applyPatch({}, child));
    } else if (isRecord(current)) {
      patched.set(name, applyPatch(current, child));
    } else {
      throw new RestliError(422, `'${excerpt(name)}' is not an object: give its whole value in $set`);
    }
  }
  return Object.fromEntries(patched);
}

function hasSet(patch: Patch): boolean {
  return patch.set.size > 0 || [...patch.children.values()].some(hasSet);
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
