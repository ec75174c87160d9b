import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressGuard } from './address-guard.ts';
import type { ResolveHost } from './resolve-host.ts';

export type CallFailure =
  | 'ADDRESS_REFUSED'
  | 'NAME_NOT_RESOLVED'
  | 'NOT_CONNECTED'
  | 'CUT_OFF'
  | 'TIMED_OUT'
  | 'TLS_REFUSED';

/** What became of a call: a status, or why there was none. Details are for people and hold neither path nor secret. */
export type CallOutcome =
  | { readonly status: number; readonly body: string }
  | { readonly failure: CallFailure; readonly detail: string };

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Waits for the answer's body, of at most 64 KB. Otherwise the status is the end of it. */
  readonly wantsBody?: boolean;
}

export interface Flight {
  readonly outcome: Promise<CallOutcome>;
  /** Ends it with this outcome, unless it has one. */
  abort(outcome: CallOutcome): void;
}

/** Calls to addresses that somebody else has named. */
export interface Caller {
  start(call: Call): Flight;
  close(): void;
}

const MOST_BODY_BYTES = 64 * 1024;
/** A connection that is not used is given up after this. */
const IDLE_MS = 30_000;
/** Nobody waits for the rest of an answer; after this it is cut off. Real time: nothing depends on it. */
const DRAIN_MS = 5_000;
const MOST_IDLE = 2;
const CLOSED = new Set(['ECONNRESET', 'EPIPE']);

/**
 * A client that connects to nothing that the guard refuses. The host is resolved here and the guard asked about every address
 * that is handed on to connect to, so a name that changes its mind between two look-ups gains nothing. Redirects are answers
 * like others. No proxy is used, whatever the environment says.
 */
export function openCaller(guard: AddressGuard, resolveHost: ResolveHost): Caller {
  const options = { keepAlive: true, maxFreeSockets: MOST_IDLE, timeout: IDLE_MS };
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) };

  function start(call: Call): Flight {
    const url = URL.parse(call.url);
    const problem = url ? guard.urlProblem(url) : 'it is no URL';
    if (!url || problem !== null) return ended({ failure: 'ADDRESS_REFUSED', detail: problem ?? '' });
    return send(url, call, url.protocol === 'https:' ? 'https:' : 'http:', true);
  }

  function send(url: URL, call: Call, scheme: keyof typeof agents, mayRepeat: boolean): Flight {
    const { promise, resolve } = Promise.withResolvers<CallOutcome>();
    let isSettled = false;
    let repeated: Flight | undefined;
    const settle = (outcome: CallOutcome): void => {
      isSettled = true;
      resolve(outcome);
    };
    const request = (scheme === 'https:' ? httpsRequest : httpRequest)(url, {
      method: call.method,
      agent: agents[scheme],
      headers: {
        'user-agent': 'Carrick',
        accept: 'application/json',
        ...call.headers,
        ...(call.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(call.body)) }),
      },
      lookup: guardedLookup(guard, resolveHost, url),
    });
    request.on('response', (response) => {
      if (call.wantsBody) collect(response, settle);
      else {
        settle({ status: response.statusCode ?? 0, body: '' });
        drain(response);
      }
    });
    request.on('error', (error) => {
      if (isSettled) return;
      // A kept connection that the other side has closed meanwhile: nobody has read the request.
      if (mayRepeat && request.reusedSocket && CLOSED.has(codeOf(error))) {
        repeated = send(url, call, scheme, false);
        repeated.outcome.then(settle, () => {});
      } else settle(failureOf(error));
    });
    request.end(call.body);
    return {
      outcome: promise,
      abort(outcome) {
        if (isSettled) return;
        settle(outcome);
        repeated?.abort(outcome);
        request.destroy();
      },
    };
  }

  return {
    start,
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

const ended = (outcome: CallOutcome): Flight => ({ outcome: Promise.resolve(outcome), abort: () => {} });

/** Thrown into a connection that may not be made. */
class AddressRefused extends Error {}

function guardedLookup(guard: AddressGuard, resolveHost: ResolveHost, url: URL): LookupFunction {
  return (host, options, done) => {
    resolveHost(host).then(
      (addresses) => {
        const problems = addresses.map((address) => guard.addressProblem(url, address));
        const allowed = addresses.filter((_, index) => problems[index] === null);
        const [first] = allowed;
        if (first === undefined) {
          const reason = problems.find((problem) => problem !== null) ?? 'no address';
          done(new AddressRefused(reason), '', 0);
        } else if (options.all) {
          done(null, allowed.map((address) => ({ address, family: isIP(address) })) as never); // its types know one address only
        } else done(null, first, isIP(first));
      },
      (error: NodeJS.ErrnoException) => done(error, '', 0),
    );
  };
}

function failureOf(error: Error): CallOutcome {
  if (error instanceof AddressRefused) return { failure: 'ADDRESS_REFUSED', detail: error.message };
  const code = codeOf(error);
  const syscall = 'syscall' in error ? String(error.syscall) : '';
  if (/^(getaddrinfo|query)/.test(syscall)) return { failure: 'NAME_NOT_RESOLVED', detail: code };
  if (/^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO)/.test(code))
    return { failure: 'TLS_REFUSED', detail: code };
  if (syscall === 'connect' || error instanceof AggregateError)
    return { failure: 'NOT_CONNECTED', detail: code };
  return { failure: 'CUT_OFF', detail: code };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function collect(response: IncomingMessage, settle: (outcome: CallOutcome) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BODY_BYTES) {
      response.destroy();
      settle({ failure: 'CUT_OFF', detail: `the answer is longer than ${MOST_BODY_BYTES} bytes` });
    } else chunks.push(chunk);
  });
  response.on('end', () =>
    settle({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
  );
  response.on('error', (error) => settle(failureOf(error)));
}

/** Reads what is left, so that the connection can be used again; of a long answer it is given up instead. */
function drain(response: IncomingMessage): void {
  let bytes = 0;
  const timer = setTimeout(() => response.destroy(), DRAIN_MS).unref();
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BODY_BYTES) response.destroy();
  });
  response.on('close', () => clearTimeout(timer));
  response.on('error', () => {}); // the outcome was its status
}
