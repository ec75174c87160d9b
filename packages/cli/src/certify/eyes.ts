import { randomUUID } from 'node:crypto';
import type {
  AtsCard,
  AtsRecord,
  AtsTab,
  ExportAnswer,
  ExportJobsAnswer,
  PersonExports,
  PersonRow,
  SearchAnswer,
  SendAnswer,
} from '@carrick/protocol';

export interface SeatLogin {
  readonly email: string;
  readonly password: string;
}

/** What one seat sees and does in the recruiter app, through the app's own API. */
export interface Eyes {
  readonly email: string;
  /** Open jobs that this seat may export to, by title. */
  exportJobs(title: string): Promise<ExportJobsAnswer['jobs']>;
  /** The person of this name in search; null: nobody. */
  find(name: string): Promise<PersonRow | null>;
  /** The In-ATS indicator: null where there is none. */
  card(personId: string): Promise<AtsCard['sections'][number] | null>;
  /** The ATS's records in the profile. */
  tab(personId: string): Promise<readonly AtsRecord[]>;
  export(personId: string, jobId: string): Promise<ExportAnswer>;
  exports(personId: string): Promise<PersonExports['exports']>;
  /** Says that this record is this person's. */
  link(candidateId: string, personId: string): Promise<void>;
  message(personId: string, subject: string, body: string): Promise<void>;
}

/** Signs in. @throws Error where the seat may not */
export async function openEyes(
  baseUrl: string,
  atsNo: number,
  { email, password }: SeatLogin,
): Promise<Eyes> {
  const headers = { 'content-type': 'application/json', 'x-carrick': '1' };
  const signedIn = await fetch(`${baseUrl}/app/api/sign-in`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0];
  if (!signedIn.ok || cookie === undefined) throw new Error(`${email} cannot sign in to the recruiter app`);

  async function call<T>(path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${baseUrl}/app/api/${path}`, {
      headers: { ...headers, cookie },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`the recruiter app answers ${response.status} to ${path}: ${text.slice(0, 200)}`);
    return JSON.parse(text === '' ? 'null' : text) as T; // the app's own API: its types are the protocol's
  }
  const query = (values: Readonly<Record<string, string>>) => new URLSearchParams(values).toString();

  return {
    email,
    exportJobs: async (title) =>
      (await call<ExportJobsAnswer>(`exports/jobs?${query({ atsNo: String(atsNo), q: title })}`)).jobs,
    async find(name) {
      const { people } = await call<SearchAnswer>(`search?${query({ q: name })}`);
      return people.find((person) => person.name === name) ?? null;
    },
    async card(personId) {
      const { sections } = await call<AtsCard>(`people/${personId}/card`);
      return sections.find(({ ats }) => ats.atsNo === atsNo) ?? null;
    },
    tab: async (personId) =>
      (await call<AtsTab>(`people/${personId}/ats`)).records.filter(({ ats }) => ats.atsNo === atsNo),
    export: (personId, jobId) =>
      call<ExportAnswer>('exports', {
        key: randomUUID(),
        people: [personId],
        atsNo,
        jobId,
        isConfirmed: true,
      }),
    exports: async (personId) =>
      (await call<PersonExports>(`exports?${query({ person: personId })}`)).exports,
    async link(candidateId, personId) {
      await call('matches/decide', { atsNo, candidateId, personId, verdict: 'LINK' });
    },
    async message(personId, subject, body) {
      const sending = {
        to: [personId],
        subject,
        body,
        visibility: 'ORGANISATION',
        requestKey: randomUUID(),
        sendAt: null,
      };
      const { refused } = await call<SendAnswer>('messages', sending);
      if (refused[0]) throw new Error(`the message was refused: ${refused[0].message}`);
    },
  };
}
