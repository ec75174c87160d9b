import type postgres from 'postgres';

/**
 * What may stand in `${…}`. Objects are not among them: postgres.js would guess how to write them, and would find out that
 * it cannot only after later statements of the flight, COMMIT included, had left. JSON goes in as text, `${json}::text::jsonb`.
 */
export type Param =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly string[]
  | readonly number[]
  | Statement;

/** The rows of a result; `count` is the number of rows a write touched. */
export type Rows<Row> = readonly Row[] & { readonly count: number };

/** One SQL statement, not sent before it is awaited or put into a flight. Inside another statement's `${…}` it is a fragment. */
export class Statement<Row extends object = object> implements PromiseLike<Rows<Row>> {
  /** Typed without its row, or statements of different rows would not fit into one list. */
  readonly query: postgres.PendingQuery<postgres.Row[]>;
  readonly #send: () => Promise<Rows<Row>>;
  #sent: Promise<Rows<Row>> | undefined;

  constructor(query: postgres.PendingQuery<Row[]>, send: Send) {
    this.query = query as unknown as postgres.PendingQuery<postgres.Row[]>;
    this.#send = () => send(query);
  }

  /** Puts the statement on the wire behind those sent before it, without waiting for them. */
  send(): Promise<Rows<Row>> {
    this.#sent ??= this.#send();
    return this.#sent;
  }

  // biome-ignore lint/suspicious/noThenProperty: a statement is awaited like the promise it stands for
  then<A = Rows<Row>, B = never>(
    onRows?: ((rows: Rows<Row>) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.send().then(onRows, onError);
  }
}

export type Send = <Row extends object>(query: postgres.PendingQuery<Row[]>) => Promise<Rows<Row>>;

/** The results of several statements, in their order. */
export type StatementRows<S extends readonly Statement[]> = {
  -readonly [K in keyof S]: S[K] extends Statement<infer Row> ? Rows<Row> : never;
};

export interface Sql {
  /** `` sql<{ name: string }>`select name from seat where tenant_id = ${tenantId}` `` */
  <Row extends object = Record<string, unknown>>(
    text: TemplateStringsArray,
    ...params: Param[]
  ): Statement<Row>;
  /** For text that is composed once from a table of definitions, never from input; parameters are $1, $2, … */
  prepared<Row extends object = Record<string, unknown>>(
    text: string,
    params?: readonly Param[],
  ): Statement<Row>;
}

/** Statements over one client, all sent through `send`. */
export function statements(client: postgres.Sql, send: Send): Sql {
  const tagged = <Row extends object>(text: TemplateStringsArray, ...params: Param[]): Statement<Row> =>
    new Statement(client<Row[]>(text, ...params.map(checked)), send);
  const prepared = <Row extends object>(text: string, params: readonly Param[] = []): Statement<Row> =>
    new Statement(
      client.unsafe<Row[]>(text, params.map(checked) as postgres.ParameterOrJSON<never>[], { prepare: true }),
      send,
    );
  return Object.assign(tagged, { prepared });
}

type DriverParam = postgres.ParameterOrFragment<never>;

function checked(param: Param): DriverParam {
  if (param instanceof Statement) return param.query;
  if (param === null || typeof param !== 'object' || Array.isArray(param) || param instanceof Uint8Array) {
    if (param === undefined) throw new TypeError('a statement was given undefined; say null for no value');
    return param as DriverParam; // the driver's own type does not know our bigint columns
  }
  throw new TypeError('a statement was given an object; write it as JSON text and cast it (::text::jsonb)');
}
