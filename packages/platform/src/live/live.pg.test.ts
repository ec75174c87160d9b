import type { LiveEvent, SearchAnswer } from '@carrick/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type AppWorld,
  type AtsSide,
  aCandidate,
  anApplication,
  type Browser,
  type Company,
  openAppWorld,
} from '../access/testing/app-world.ts';

let world: AppWorld;
let ats: AtsSide;
let rita: Browser;
let rolf: Browser;
let zoe: Browser;
let acme: Company;
let rolfMemberId: number;
let ids: Map<string, string>;
const open: EventStream[] = [];

beforeAll(async () => {
  world = await openAppWorld();
  acme = await world.addCompany('Acme');
  ats = await acme.addAts('OpenCATS', { isOpen: true });
  const ritaSeat = await acme.addSeat('Rita One');
  const rolfSeat = await acme.addSeat('Rolf Two');
  rolfMemberId = rolfSeat.memberId;
  const zeta = await world.addCompany('Zeta');
  await zeta.addAts('Rival', { isOpen: true });
  zoe = await world.signIn((await zeta.addSeat('Zoe Zero')).email);
  const members = await world.addMembers(
    ['m1', 'm5', 'marker'].map((id) => ({ id, firstName: 'Pat', lastName: id })),
  );
  await ats.putJob('J1');
  await ats.putJob('SEC1');
  await ats.put('entityAcl', ['JOB_POSTING', 'SEC1', 'board']);
  await ats.put('entityAclAssignee', [ritaSeat.memberId, 'JOB_POSTING', 'board']);
  for (const [id, job] of [
    ['m1', 'J1'],
    ['m5', 'SEC1'],
    ['marker', 'J1'],
  ] as const) {
    await ats.put('candidate', [id], aCandidate());
    await ats.link(id, members.get(id) ?? 0);
    await ats.put('application', [id], anApplication(id, job));
  }
  rita = await world.signIn(ritaSeat.email);
  rolf = await world.signIn(rolfSeat.email);
  const { people } = await rita.read<SearchAnswer>('/app/api/search?q=pat');
  ids = new Map(people.map(({ name, id }) => [name.split(' ')[1] ?? '', id]));
});
/** What happened before has been told: the events behind it are the test's own. */
beforeEach(async () => {
  const stream = await EventStream.open(rita);
  await ats.put('candidateNote', ['marker', 'n'], { note: 'So far' });
  await stream.until((each) => each.heard('marker'));
});
afterEach(async () => {
  for (const stream of open.splice(0)) await stream.close();
});
afterAll(() => world.close());

/** An open page: collects what it is told. */
class EventStream {
  readonly events: LiveEvent[] = [];
  isEnded = false;
  readonly #aborting = new AbortController();
  readonly #waiting = new Set<() => void>();

  static async open(browser: Browser): Promise<EventStream> {
    const stream = new EventStream();
    const response = await fetch(`${world.baseUrl}/app/api/events`, {
      headers: { cookie: browser.cookie },
      signal: stream.#aborting.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const { promise: isReady, resolve } = Promise.withResolvers<void>();
    void stream.#read(response, resolve);
    await isReady;
    open.push(stream);
    return stream;
  }

  async #read(response: Response, onData: () => void): Promise<void> {
    let text = '';
    try {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        onData();
        text += chunk;
        const messages = text.split('\n\n');
        text = messages.pop() ?? '';
        this.events.push(
          ...messages
            .filter((message) => message.startsWith('data: '))
            .map((message) => JSON.parse(message.slice(6))),
        );
        this.#wake();
      }
    } catch (error) {
      if (!this.#aborting.signal.aborted) throw error;
    }
    this.isEnded = true;
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  /**
   * Resolves once the condition holds; the test's own time limit bounds the wait. The outbox is read again and again meanwhile: it
   * shows an event only when no older transaction is open, and other tests' transactions on the same server count as well.
   */
  async until(condition: (stream: EventStream) => boolean): Promise<void> {
    const polling = setInterval(() => void world.outbox.poll(), 20);
    try {
      while (!condition(this)) {
        if (this.isEnded) throw new Error('the stream ended before what was waited for');
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#waiting.add(resolve);
        await promise;
        this.#waiting.delete(resolve);
      }
    } finally {
      clearInterval(polling);
    }
  }

  heard(name: string): boolean {
    return this.events.some((event) => event.person === ids.get(name));
  }

  async close(): Promise<void> {
    this.#aborting.abort();
    await this.until((stream) => stream.isEnded);
  }
}

test('SE60 L-051 a note is told to the pages that may show it, as the id of the person', async () => {
  const streams = [await EventStream.open(rita), await EventStream.open(rolf)];
  await ats.put('applicationNote', ['m1', 'n1'], { note: 'Hello' });
  for (const stream of streams) {
    await stream.until((each) => each.heard('m1'));
    expect(stream.events).toEqual([{ person: ids.get('m1') }]);
  }
});

test('SE60 AC9 AC12 L-070 a change on a secured job is told to its assignees only', async () => {
  const [forRita, forRolf, forZoe] = [
    await EventStream.open(rita),
    await EventStream.open(rolf),
    await EventStream.open(zoe),
  ];
  await ats.put('stage', ['m5', 's1'], { stage: 'Interview', atsCreatedAt: 1 });
  await ats.put('applicationNote', ['m5', 'n1'], { note: 'Confidential' });
  await ats.put('application', ['m5'], anApplication('m5', 'SEC1', { source: 'Agency' }));
  await ats.remove('applicationNote', ['m5', 'n1']);
  await ats.putJob('SEC1', { title: 'Director' });
  await forRita.until((stream) => stream.heard('m5'));
  // Something both may know, behind it: whoever has heard that has heard all.
  await ats.put('candidateNote', ['m1', 'c1'], { note: 'Open to all' });
  await forRolf.until((stream) => stream.heard('m1'));
  expect(forRolf.events).toEqual([{ person: ids.get('m1') }]);
  expect(forRita.events.filter((event) => event.search)).toHaveLength(1);
  expect(forZoe.events).toEqual([]);
});

test('SE60 AC9 L-073 a deleted application is told to those who could see it', async () => {
  await ats.put('application', ['gone'], anApplication('m5', 'SEC1'));
  await ats.put('application', ['gone too'], anApplication('m1', 'J1'));
  const [forRita, forRolf] = [await EventStream.open(rita), await EventStream.open(rolf)];
  await ats.remove('application', ['gone']);
  await forRita.until((stream) => stream.heard('m5'));
  await ats.remove('application', ['gone too']);
  await forRolf.until((stream) => stream.heard('m1'));
  expect(forRolf.heard('m5')).toBe(false);
});

test('SE60 AC10 who is added to a group is told to look again', async () => {
  const [forRita, forRolf] = [await EventStream.open(rita), await EventStream.open(rolf)];
  await ats.put('entityAclAssignee', [rolfMemberId, 'JOB_POSTING', 'interns']);
  await forRolf.until((stream) => stream.events.length > 0);
  expect(forRolf.events).toEqual([{ search: true }]);
  expect(forRita.events).toEqual([]);
});

test('SE60 AC17 in strict mode a candidate is news to who sees an application of it', async () => {
  await acme.setStrict(true);
  const [forRita, forRolf] = [await EventStream.open(rita), await EventStream.open(rolf)];
  await ats.put('candidateNote', ['m5', 'c1'], { note: 'On the candidate' });
  await ats.put('candidate', ['m5'], aCandidate({ lastName: 'Renamed' }));
  await forRita.until((stream) => stream.heard('m5'));
  await ats.put('candidateNote', ['m1', 'c2'], { note: 'Of a job that is open to all' });
  await forRolf.until((stream) => stream.heard('m1'));
  expect(forRolf.events).toEqual([{ person: ids.get('m1') }]);
  await acme.setStrict(false);
});

test('SE60 a link that changed without its candidate being sent is told as well', async () => {
  const [stream] = [await EventStream.open(rolf)];
  const [member] = await world.addMembers([{ id: 'late', firstName: 'Pat', lastName: 'late' }]);
  await ats.put('candidate', ['late'], aCandidate());
  await ats.link('late', member?.[1] ?? 0);
  const { people } = await rolf.read<SearchAnswer>('/app/api/search?q=late');
  await stream.until((each) => each.events.some((event) => event.person === people[0]?.id));
});

test('SE61 a burst about one person is one event', async () => {
  const stream = await EventStream.open(rita);
  for (let n = 0; n < 20; n++) await ats.put('candidateNote', ['m1', `burst ${n}`], { note: 'One of many' });
  await ats.put('candidateNote', ['m5', 'end'], { note: 'The last' });
  await stream.until((each) => each.heard('m5'));
  // One; at most two when the reading of the outbox fell into the middle of the burst.
  expect(stream.events.filter((event) => event.person === ids.get('m1')).length).toBeLessThanOrEqual(2);
});

test('SE62 a stream ends with its session and tells nothing after it', async () => {
  const leaving = await world.signIn('rita.one@acme.example');
  const stream = await EventStream.open(leaving);
  const staying = await EventStream.open(rita);
  await world.post('/app/api/sign-out', {}, { cookie: leaving.cookie });
  await ats.put('candidateNote', ['m1', 'late'], { note: 'Late' });
  await stream.until((each) => each.isEnded);
  expect(stream.events).toEqual([]);
  await staying.until((each) => each.heard('m1'));

  const gone = await world.signIn('rita.one@acme.example');
  const stale = await EventStream.open(gone);
  await world.post('/app/api/sign-out', {}, { cookie: gone.cookie });
  const made = await rita.post('/app/api/projects', { title: 'Drivers' });
  const { id: project } = (await made.json()) as { id: string };
  await stale.until((each) => each.isEnded);
  expect(stale.events).toEqual([]);
  await staying.until((each) => each.events.some((event) => event.project === project));

  world.clock.advance(12 * 3_600_000);
  await ats.put('candidateNote', ['m1', 'later'], { note: 'Later' });
  await staying.until((each) => each.isEnded);
  expect(staying.events.filter(({ person }) => person)).toHaveLength(1);
});
