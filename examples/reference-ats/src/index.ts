import { type AtsConnector, type ConnectorConfig, createConnector, postgresStore } from '@carrick/connector';
import type { Ats } from './ats.ts';
import { openDatabase, type Queries, type Sql } from './database.ts';
import { handlers } from './incoming.ts';
import { readDocument, readHistory } from './records.ts';
import { CALLBACK_PATH, routesOf } from './routes.ts';
import { listen } from './server.ts';

export interface AtsOptions {
  /** The product's name, on its pages and in the recruiter app. */
  readonly name: string;
  /** The company that works with it. */
  readonly company: { readonly id: string; readonly name: string };
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** The platform's address. */
  readonly platform: string;
  /** The vendor's own application, which provisions one for the company; or that of the company, made by hand. */
  readonly partner?: Credentials;
  readonly customer?: Credentials & { readonly organization: string; readonly contracts: readonly string[] };
  /** 64 hexadecimal digits; the connector encrypts secrets under it. */
  readonly secretsKey: string;
  /** How often messages and notes are asked for, and how far back at first. */
  readonly poll?: { readonly everyMs: number; readonly backMs: number };
  /** False where the platform is a sandbox without quotas. */
  readonly isPaced?: boolean;
  readonly now?: () => number;
  readonly log?: (message: string) => void;
  /** Another way to make the connector: for tests that break it on purpose. */
  readonly connect?: (config: ConnectorConfig<Queries>) => AtsConnector<Queries>;
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface RunningAts {
  readonly url: string;
  readonly sql: Sql;
  readonly connector: AtsConnector<Queries>;
  /** Keeps in step until stopped. */
  run(stopping: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Starts the ATS: its database, its pages, and the connector that keeps it in step with the platform. */
export async function openAts(options: AtsOptions): Promise<RunningAts> {
  const { name, company, platform, partner, customer, now = Date.now } = options;
  const sql = await openDatabase(options.databaseUrl);
  const opened: { close(): Promise<void> }[] = [{ close: () => sql.end({ timeout: 5 }) }];
  const close = async () => {
    for (const each of opened.toReversed()) await each.close();
  };
  try {
    const server = await listen(options.host, options.port);
    opened.push(server);
    const base = server.url;
    const connector = (options.connect ?? createConnector<Queries>)({
      platform: { baseUrl: platform },
      ...(partner && { partner }),
      atsName: name,
      store: postgresStore<Queries>(sql),
      secretsKey: options.secretsKey,
      callbackUrl: `${base}${CALLBACK_PATH}`,
      history: () => readHistory(sql, base),
      readFile: (id) => readDocument(sql, id),
      on: handlers(() => ats),
      isPaced: options.isPaced ?? true,
      ...(options.poll && { pollEveryMs: options.poll.everyMs, readBackMs: options.poll.backMs }),
      log: ({ level, message }) => level === 'warn' && options.log?.(message),
    });
    opened.splice(1, 0, connector); // it is closed after the server that asks it
    const { clientId, clientSecret, ...known } = customer ?? {};
    const ats: Ats = {
      ...{ name, base, platform, customerId: company.id, sql, connector },
      now: () => new Date(now()),
      // Jobs without a team are for every recruiter, so what has no access list is shown.
      provision: () =>
        connector.customers.add({
          ...{ ...company, ...known, widgetOrigins: [base], viewers: 'everyone' },
          ...(clientId && clientSecret && { credentials: { clientId, clientSecret } }),
        }),
    };
    if (customer) await ats.provision();
    server.answer = routesOf(ats);
    return { url: base, sql, connector, close, run: (stopping) => connector.run({ stopping }) };
  } catch (error) {
    await close();
    throw error;
  }
}
