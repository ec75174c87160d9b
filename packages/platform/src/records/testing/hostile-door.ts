import fc from 'fast-check';
import { anyValue, type HostileRequest, hostileText, jsonText } from './hostile-request.ts';

/** What somebody holds who stands before the doors that are not the wire's. */
export interface Visitor {
  readonly organisation: string;
  /** Of a session. */
  readonly cookie: string;
  /** A person's id in the recruiter's app. */
  readonly personId: string;
  readonly clientId: string;
}

const encoded = (value: string): string => {
  try {
    return encodeURIComponent(value);
  } catch {
    return '%ED%A0%80'; // half of a surrogate pair has no UTF-8
  }
};

/** Name and value pairs: some of the names that are meant, with odd values or a good one, and odd names. */
function fields(good: Readonly<Record<string, string>>): fc.Arbitrary<string> {
  const pair = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...Object.entries(good)) },
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...Object.keys(good)), hostileText) },
    { weight: 1, arbitrary: fc.tuple(hostileText, hostileText) },
  );
  return fc
    .array(pair, { maxLength: 8 })
    .map((pairs) => pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&'));
}

const part = (good: string): fc.Arbitrary<string> =>
  fc.oneof(fc.constant(encoded(good)), hostileText.map(encoded), hostileText);

const OAUTH = {
  grant_type: 'client_credentials',
  client_id: 'x',
  client_secret: 'x',
  code: 'x',
  redirect_uri: 'https://ats.example.com/consent',
  response_type: 'code',
  scope: 'r_liteprofile',
  state: 'x',
  token: 'x',
};

/** Requests for sign-in, consent and tokens, the recruiter's app, job boards, uploads and pages. */
export function hostileDoor(visitor: Visitor): fc.Arbitrary<HostileRequest> {
  const { organisation, personId } = visitor;
  const oauth = fields({ ...OAUTH, client_id: visitor.clientId });
  const board = organisation.split(':').at(-1) ?? '';
  const get = (target: fc.Arbitrary<string>) =>
    fc.tuple(fc.constant('GET'), target, fc.constant(''), fc.constant(''));
  const form = (target: string) =>
    fc.tuple(
      fc.constant('POST'),
      fc.constant(target),
      oauth,
      fc.constantFrom('application/x-www-form-urlencoded', 'application/json', ''),
    );
  const signIn = fc
    .dictionary(fc.oneof(fc.constantFrom('email', 'password', 'seatId'), hostileText), anyValue, {
      maxKeys: 4,
    })
    .map(jsonText);
  const door = fc.oneof(
    get(
      fields({
        q: 'Mia',
        spotlights: 'pastApplicants',
        inAts: 'yes',
        title: 'x',
        location: 'x',
        page: '2',
      }).map((query) => `/app/api/search?${query}`),
    ),
    get(
      fc
        .tuple(part(personId), fc.constantFrom('', '/card', '/ats', '/attachments/1'), part('x'))
        .map(([id, rest, more]) => `/app/api/people/${id}${rest}${more === 'x' ? '' : `/${more}`}`),
    ),
    get(fc.tuple(part(board), part('1')).map(([id, job]) => `/jobs/${id}/${job}?page=${job}`)),
    get(
      fc
        .tuple(fc.constantFrom('docs', 'assets', 'app/api', 'oauth'), part('x'))
        .map((both) => `/${both.join('/')}`),
    ),
    get(oauth.map((query) => `/oauth/v2/authorization?${query}`)),
    form('/oauth/v2/accessToken'),
    form('/oauth/v2/introspectToken'),
    form('/oauth/v2/authorization'),
    fc.tuple(fc.constant('POST'), fc.constant('/app/api/sign-in'), signIn, fc.constant('application/json')),
    fc.tuple(
      fc.constantFrom('PUT', 'POST'),
      part('x').map((token) => `/media/uploads/${token}`),
      hostileText,
      fc.constant(''),
    ),
  );
  return fc
    .tuple(door, fc.constantFrom(true, true, false))
    .map(([[method, target, body, type], isSignedIn]) => ({
      method,
      target,
      body,
      headers: [
        ['X-Carrick', '1'],
        ['Content-Type', type],
        ...(isSignedIn ? ([['Cookie', visitor.cookie]] as const) : []),
      ],
    }));
}
