import { ProtocolError } from '@carrick/protocol';
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

/** Writes the statement for the connection it is to run on. */
export type Build<Row extends object> = (client: postgres.Sql) => postgres.PendingQuery<Row[]>;

/** One SQL statement, not sent before it is awaited or put into a flight. Inside another statement's `${…}` it is a fragment. */
export class Statement<Row extends object = object> implements PromiseLike<Rows<Row>> {
  /** Typed without its row, or statements of different rows would not fit into one list. */
  readonly fragment: (client: postgres.Sql) => postgres.ParameterOrFragment<never>;
  readonly #send: () => Promise<Rows<Row>>;
  #sent: Promise<Rows<Row>> | undefined;

  constructor(build: Build<Row>, send: Send) {
    this.fragment = build as unknown as typeof this.fragment; // the driver's types keep whole queries out of queries
    this.#send = () => send(build);
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

export type Send = <Row extends object>(build: Build<Row>) => Promise<Rows<Row>>;

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
    params?: readonly Exclude<Param, Statement>[],
  ): Statement<Row>;
}

/** Statements that are all sent through `send`. */
export function statements(send: Send): Sql {
  const tagged = <Row extends object>(text: TemplateStringsArray, ...params: Param[]): Statement<Row> => {
    params.forEach(check);
    return new Statement<Row>(
      (client) => client<Row[]>(text, ...params.map((param) => written(param, client))),
      send,
    );
  };
  const prepared = <Row extends object>(
    text: string,
    params: readonly Exclude<Param, Statement>[] = [],
  ): Statement<Row> => {
    params.forEach(check);
    return new Statement<Row>(
      (client) =>
        client.unsafe<Row[]>(
          text,
          params.map((param) => written(param, client)),
          { prepare: true },
        ),
      send,
    );
  };
  return Object.assign(tagged, { prepared });
}

function check(param: unknown): void {
  if (param === undefined) throw new TypeError('a statement was given undefined; say null for no value');
  const isValue =
    param === null || typeof param !== 'object' || Array.isArray(param) || param instanceof Uint8Array;
  if (!isValue && !(param instanceof Statement)) {
    throw new TypeError('a statement was given an object; write it as JSON text and cast it (::text::jsonb)');
  }
  // PostgreSQL would refuse it in words of its own, as if the program were wrong: it is what somebody sent.
  if (Array.isArray(param) ? param.some(hasNul) : hasNul(param))
    throw new ProtocolError('BAD_REQUEST', 'A value contains a NUL character');
}

const hasNul = (value: unknown): boolean => typeof value === 'string' && value.includes('\u0000');

/** As the driver takes it; its own type does not know our bigint columns. */
function written(param: Param, client: postgres.Sql): postgres.SerializableParameter<never> {
  return (
    param instanceof Statement ? param.fragment(client) : param
  ) as postgres.SerializableParameter<never>;
}
