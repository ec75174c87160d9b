/** A key that is one plain string, written unescaped in bodies. */
export interface SimpleKeyShape {
  readonly simple: true;
}

/** A complex key; `parts` are the declared part names, in the order that identity uses. */
export interface ComplexKeyShape {
  readonly parts: readonly string[];
  /** Parts that senders may still write and that say nothing: dropped. */
  readonly ignored?: readonly string[];
  readonly simple?: false;
}

export type KeyShape = SimpleKeyShape | ComplexKeyShape;

export const SIMPLE_KEY: SimpleKeyShape = { simple: true };

/** Decoded part values in declared order; one element for a simple key. */
export type TypedKey = readonly string[];

/** Keys are the same when their decoded parts are: text of a key is never compared. */
export function keyIdentity(key: TypedKey): string {
  return JSON.stringify(key);
}

/** Indexes of the parts in the order the wire writes them: sorted by name. */
export function partsByName(shape: ComplexKeyShape): readonly number[] {
  let order = ORDERS.get(shape.parts);
  if (order === undefined) {
    order = shape.parts
      .map((name, index) => ({ name, index }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ index }) => index);
    ORDERS.set(shape.parts, order);
  }
  return order;
}

// Shapes are a handful of constants; sorting them for each of a hundred keys would not be free.
const ORDERS = new WeakMap<readonly string[], readonly number[]>();

/** Values collected part by part; says in words what is wrong. */
export class PartCollector {
  readonly #shape: ComplexKeyShape;
  readonly #values: (string | undefined)[] = [];
  #problem: string | undefined;

  constructor(shape: ComplexKeyShape) {
    this.#shape = shape;
  }

  /** `value` undefined means that it could not be decoded. */
  add(name: string, value: string | undefined): void {
    const index = this.#shape.parts.indexOf(name);
    if (index < 0) {
      // Parameters of a key are legal and never part of its identity.
      if (!isKeyParams(name) && this.#shape.ignored?.includes(name) !== true)
        this.fail(`Unknown key part '${name.slice(0, 80)}'`);
    } else if (this.#values[index] !== undefined) this.fail(`Key part '${name}' is given twice`);
    else if (value === undefined) this.fail(`Bad percent-encoding in key part '${name}'`);
    else this.#values[index] = value;
  }

  fail(problem: string): void {
    this.#problem ??= problem;
  }

  finish(): KeyReading {
    if (this.#problem !== undefined) return { problem: this.#problem };
    const key: string[] = [];
    for (const [index, name] of this.#shape.parts.entries()) {
      const value = this.#values[index];
      if (value === undefined) return { problem: `Key part '${name}' is missing` };
      key.push(value);
    }
    return { key };
  }
}

export function isKeyParams(name: string): boolean {
  return name === '$params' || name.startsWith('$params.') || name.startsWith('$params[');
}

/** The outcome of reading one key text. */
export type KeyReading = { readonly key: TypedKey } | { readonly problem: string };
