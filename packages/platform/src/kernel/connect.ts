import { Socket, type SocketConstructorOpts } from 'node:net';
import postgres from 'postgres';
import { type Log, silentLog } from './log.ts';

export interface ConnectOptions {
  readonly max?: number;
  readonly log?: Log;
  readonly applicationName?: string;
  readonly database?: string;
  /** Called whenever one of the connections has gone, however that happened. */
  readonly onClose?: () => void;
  readonly onNotify?: () => void;
  /** Called with the socket of each connection, where the address names one host. */
  readonly onSocket?: (socket: Socket) => void;
  /** Keep connections for ever; otherwise postgres.js renews each after 30 to 60 minutes. */
  readonly isPermanent?: boolean;
}

export type SqlClient = ReturnType<typeof connect>;

/**
 * A postgres.js client with our types: int8 as number, dates as text (times are epoch ms in int8 columns).
 * Understands `postgres://user:password@%2Fsocket%2Ffolder:port/database`, as libpq does; postgres.js alone does not.
 */
export function connect(url: string, options: ConnectOptions = {}) {
  const at = new URL(url);
  const host = decodeURIComponent(at.hostname);
  const port = Number(at.port || 5432);
  const log = options.log ?? silentLog;
  return postgres(url, {
    ...(host.startsWith('/') ? { host, port } : {}),
    // A list of hosts is left to postgres.js, which tries one after the other.
    ...(host.includes(',') ? {} : { socket: () => told(openSocket(host, port), options.onSocket) }),
    ...(options.database === undefined ? {} : { database: options.database }),
    max: options.max ?? 4,
    // Not among its types, since it is meant for its own listen().
    ...(options.onNotify === undefined ? {} : { onnotify: options.onNotify }),
    ...(options.isPermanent ? { max_lifetime: null } : {}),
    connection: { application_name: options.applicationName ?? 'carrick' },
    // Only code and severity: a notice can quote the row it is about.
    onnotice: (notice) => log.debug({ code: notice.code, severity: notice.severity }, 'PostgreSQL notice'),
    onclose: () => options.onClose?.(),
    types: {
      int8: { to: 20, from: [20], serialize: (value: number | bigint) => String(value), parse: parseInt8 },
      date: {
        to: 1184,
        from: [1082, 1114, 1184],
        serialize: (value: string) => value,
        parse: (text: string) => text,
      },
    },
  });
}

/** Larger than any flight: postgres.js holds statements back behind a socket that calls itself full, and a flight would be several. */
const SOCKET_BUFFER_BYTES = 64 * 1024 * 1024;

function openSocket(host: string, port: number): Socket {
  // Node hands stream options on to the stream; its types do not know that.
  const socket = new Socket({ writableHighWaterMark: SOCKET_BUFFER_BYTES } as SocketConstructorOpts);
  if (host.startsWith('/')) return socket.connect(`${host}/.s.PGSQL.${port}`);
  socket.setNoDelay(true);
  return Object.assign(socket.connect(port, host), { host }); // postgres.js reads the name for TLS off it
}

function told(socket: Socket, onSocket: ConnectOptions['onSocket']): Socket {
  onSocket?.(socket);
  return socket;
}

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`an int8 column holds ${text}, which no JavaScript number can`);
  return value;
}

/** The same server and account, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** The same server and database, another account. */
export function withAccount(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(user);
  changed.password = encodeURIComponent(password);
  return changed.href;
}
