import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { Broken, NotRun, Stopped } from './check.ts';
import { personHands } from './person-hands.ts';

let hands: ReturnType<typeof personHands>;
afterEach(() => hands.close());

/** Somebody who answers each question with the next word, and what was read to them. */
function person(...words: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough({ encoding: 'utf8' })];
  const stopping = new AbortController();
  const rest = [...words];
  let said = '';
  output.on('data', (text: string) => {
    said += text;
    if (/: $/.test(text) && rest.length > 0) input.write(`${rest.shift()}\n`);
  });
  hands = personHands(input, output, { waitMs: 60_000, lookEveryMs: 1, stopping: stopping.signal });
  return { input, output, stopping, said: () => said };
}

test('CE8 a step is told in words, with what to copy a line each, and s passes it over', async () => {
  const candidate = {
    ...{ firstName: 'Alma', lastName: 'Certi', email: 'alma@people.example', phone: null },
    ...{ profileUrl: null, company: 'Harbour', title: 'Bridge engineer' },
  };
  const { said } = person('', 's');
  await hands.act({ do: 'add a candidate', candidate });
  expect(said()).toContain('→ Add a candidate:\n    first name     Alma\n');
  expect(said()).toContain('\n    phone          (empty)\n');
  await expect(hands.act({ do: 'close a job', title: 'Cook' })).rejects.toThrow(NotRun);
});

test('CE8 a question is asked again until it is answered; no is a finding', async () => {
  const { said } = person('', '', 'y', 'some', '12', 'n');
  expect(await hands.sees('Alma', 'profile', ['urn:li:person:'])).toBe(true);
  expect(said().match(/tied to a member of the network/g)).toHaveLength(3);
  expect(await hands.count('job')).toBe(12);
  await expect(hands.setupShows(['Enabled'])).rejects.toThrow(Broken);
});

test('CE8 what is waited for can be given up or passed over, and the wait is told', async () => {
  const { input, said } = person();
  for (let looks = 0; looks < 3; looks++) expect(await hands.settle()).toBe('go on');
  expect(said()).toContain('waiting for the ATS, 1 min. at most');
  const settled = async () => {
    while ((await hands.settle()) === 'go on');
    return 'enough';
  };
  input.write('n\n');
  expect(await settled()).toBe('enough');
  input.write('s\n');
  await expect(settled()).rejects.toThrow(NotRun);
});

test('CE8 a stop and the end of the input end the question that is open', async () => {
  const stopped = person();
  const open = hands.act({ do: 'close a job', title: 'Cook' });
  stopped.stopping.abort();
  await expect(open).rejects.toThrow(Stopped);
  await expect(hands.settle()).rejects.toThrow(Stopped);
  hands.close();
  const ended = person();
  const other = hands.act({ do: 'close a job', title: 'Cook' });
  ended.input.end();
  await expect(other).rejects.toThrow(Stopped);
});
