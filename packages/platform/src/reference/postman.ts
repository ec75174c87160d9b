import { scriptOf } from './postman-checks.ts';
import { onboarding } from './postman-onboarding.ts';
import { access, deletions, records } from './postman-records.ts';
import { type PostmanFolder, type PostmanRequest, token } from './postman-request.ts';
import { versioned } from './postman-rest.ts';
import { retrieval } from './postman-retrieval.ts';

type Json = Readonly<Record<string, unknown>>;

/** What whoever runs the collection fills in; the sandbox prints them all. */
const VARIABLES = [
  ['client_id', 'Of the customer application'],
  ['client_secret', ''],
  ['partner_client_id', 'Of the partner application'],
  ['partner_client_secret', ''],
  ['organization', 'urn:li:organization:…'],
  ['contract', 'urn:li:contract:…'],
  ['person', 'urn:li:person:…, of a seat holder'],
  ['run', 'Any text: a second run with another one meets nothing of the first'],
] as const;

const credentials: PostmanFolder = {
  name: 'Credentials',
  requests: [
    token('Token of the customer application', 'client', 'access_token'),
    token('Token of the partner application', 'partner_client', 'partner_token'),
  ],
};

function folders(): readonly PostmanFolder[] {
  return [credentials, onboarding(), records(), access(), deletions(), versioned(), retrieval()];
}

/** Every resource as a Postman collection (format 2.1); each request checks its answer. */
export function postmanCollection(baseUrl = 'http://localhost:8080'): Json {
  return {
    info: {
      name: 'Carrick',
      description:
        'Every resource once, in the order in which an ATS uses them. Fill in the variables; `carrick sandbox` prints them.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: bearer('access_token'),
    variable: [
      { key: 'baseUrl', value: baseUrl },
      ...VARIABLES.map(([key, description]) => ({ key, value: key === 'run' ? '1' : '', description })),
    ],
    item: folders().map(({ name, requests }) => ({ name, item: requests.map(itemOf) })),
  };
}

function bearer(variable: string): Json {
  return { type: 'bearer', bearer: [{ key: 'token', value: `{{${variable}}}`, type: 'string' }] };
}

function itemOf(request: PostmanRequest): Json {
  const { name, verb, url, headers = {}, body, form, as, checks } = request;
  const auth =
    as === 'customer' ? {} : { auth: as === 'partner' ? bearer('partner_token') : { type: 'noauth' } };
  const types = body === undefined ? {} : { 'Content-Type': 'application/json' };
  return {
    name,
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: scriptOf(checks) } }],
    request: {
      method: verb,
      ...auth,
      header: Object.entries({ ...types, ...headers }).map(([key, value]) => ({ key, value })),
      url: urlOf(url),
      ...(body === undefined
        ? {}
        : {
            body: { mode: 'raw', raw: JSON.stringify(body, null, 2), options: { raw: { language: 'json' } } },
          }),
      ...(form === undefined
        ? {}
        : {
            body: {
              mode: 'urlencoded',
              urlencoded: Object.entries(form).map(([key, value]) => ({ key, value })),
            },
          }),
    },
  };
}

function urlOf(text: string): Json {
  const [path = '', query] = text.split('?');
  return {
    raw: `{{baseUrl}}${text}`,
    host: ['{{baseUrl}}'],
    path: path.slice(1).split('/'),
    ...(query === undefined
      ? {}
      : {
          query: query.split('&').map((pair) => {
            const equals = pair.indexOf('=');
            return { key: pair.slice(0, equals), value: pair.slice(equals + 1) };
          }),
        }),
  };
}
