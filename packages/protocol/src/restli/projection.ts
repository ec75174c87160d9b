import { percentDecode } from './escape.ts';
import { checkTokens, MAX_DEPTH } from './limits.ts';
import { excerpt, RestliError } from './restli-error.ts';

/** A parsed `fields`: what to keep (with what of it), what to leave out, and what holds for all members. */
export interface Projection {
  readonly keep: ReadonlyMap<string, Projection | true>;
  readonly drop: ReadonlySet<string>;
  /** `$*`: for every element of an array or every member of a map. */
  readonly each?: Projection | true;
  /** `$start`, `$count`: of an array only so many elements, from there on. */
  readonly start?: number;
  readonly count?: number;
}

/** `a,b:(c,d),-e,list:($*:(x),$start:0,$count:5)`, percent-encoded or not. Throws 400 for anything else. */
export function parseFields(raw: string): Projection {
  const cursor = { text: percentDecode(raw), at: 0, names: 0 };
  const projection = readItems(cursor, 0);
  if (cursor.at < cursor.text.length) refuse(cursor);
  return projection;
}

interface Cursor {
  readonly text: string;
  at: number;
  names: number;
}

const NAME = /[^\s,:()]+/y;

function readItems(cursor: Cursor, depth: number): Projection {
  if (depth > MAX_DEPTH) throw new RestliError(400, 'fields are nested too deep');
  const keep = new Map<string, Projection | true>();
  const drop = new Set<string>();
  const range: { start?: number; count?: number } = {};
  let each: Projection | true | undefined;
  do {
    NAME.lastIndex = cursor.at;
    const name = NAME.exec(cursor.text)?.[0];
    if (name === undefined) return refuse(cursor);
    cursor.at += name.length;
    cursor.names += 1;
    checkTokens(cursor.names);
    if (name === '$start' || name === '$count') {
      range[name === '$start' ? 'start' : 'count'] = readNumber(cursor);
      continue;
    }
    const nested = accept(cursor, ':') ? readNested(cursor, depth) : true;
    if (name === '$*') each = nested;
    else if (name.startsWith('-') && name.length > 1 && nested === true) drop.add(name.slice(1));
    else if (/^[-$]/.test(name)) refuse(cursor);
    else keep.set(name, nested);
  } while (accept(cursor, ','));
  return { keep, drop, ...range, ...(each === undefined ? {} : { each }) };
}

function readNumber(cursor: Cursor): number {
  DIGITS.lastIndex = cursor.at + 1;
  const digits = cursor.text[cursor.at] === ':' ? DIGITS.exec(cursor.text)?.[0] : undefined;
  if (digits === undefined) return refuse(cursor);
  cursor.at += 1 + digits.length;
  return Number(digits);
}

const DIGITS = /\d{1,9}/y;

function readNested(cursor: Cursor, depth: number): Projection {
  if (!accept(cursor, '(')) return refuse(cursor);
  const nested = readItems(cursor, depth + 1);
  return accept(cursor, ')') ? nested : refuse(cursor);
}

function accept(cursor: Cursor, char: string): boolean {
  if (cursor.text[cursor.at] !== char) return false;
  cursor.at += 1;
  return true;
}

function refuse(cursor: Cursor): never {
  throw new RestliError(400, `'${excerpt(cursor.text)}' is not a list of fields (character ${cursor.at})`);
}

/** The chosen part of an entity. Fields that the entity lacks are left out without an error. */
export function project(entity: unknown, projection: Projection): unknown {
  if (Array.isArray(entity)) {
    // `list:(x)` without `$*` is meant for the elements as well: an array has no fields.
    const { start = 0, count = entity.length, keep, drop } = projection;
    const each = projection.each ?? (keep.size + drop.size === 0 ? true : { keep, drop });
    const chosen = entity.slice(start, start + count);
    return each === true ? chosen : chosen.map((item) => project(item, each));
  }
  if (typeof entity !== 'object' || entity === null) return entity;
  const chosen: [string, unknown][] = [];
  const isOnlyDropping = projection.keep.size === 0 && projection.each === undefined;
  for (const [name, value] of Object.entries(entity)) {
    if (projection.drop.has(name)) continue;
    const choice = projection.keep.get(name) ?? projection.each ?? (isOnlyDropping ? true : undefined);
    if (choice !== undefined) chosen.push([name, choice === true ? value : project(value, choice)]);
  }
  return Object.fromEntries(chosen);
}
