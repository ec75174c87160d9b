import assert from 'node:assert/strict';
import { isSimpleJobPostingTaskUrn } from '@carrick/protocol';
import type { Case, CaseMaker } from '../case.ts';
import { exampleRecord, pathOf, requiredFields, type Subject, subjects } from '../subject.ts';
import { type Answer, assertKeyRefused, assertRefused, type Json, outcomes, type World } from '../world.ts';

/** Jobs are posted in order and judged later, in tasks. */
export const postingCases: CaseMaker = (subject) => {
  const { kind, methods } = subject.definition;
  const of = (method: Case['method'], outcome: Case['outcome'], title: string, run: Case['run']): Case => ({
    subject,
    method,
    outcome,
    title,
    run,
  });
  if (kind === 'jobTask') return taskCases(subject, of);
  if (kind === 'jobStatus') return statusCases(subject, of);
  if (kind !== 'job' || !methods.includes('batch_create')) return [];
  return [
    of('batch_create', 'success', 'each posting answers 202 with a task, in order', async (world) => {
      const ids = [world.id('JOB'), world.awkwardId('JOB')];
      const elements = await post(
        world,
        subject,
        ids.map((id) => posting(world, subject, id)),
      );
      for (const { status, id } of elements) {
        assert.equal(status, 202);
        assert.ok(isSimpleJobPostingTaskUrn(String(id)), `${id} is the URN of a task`);
      }
      await close(world, subject, ids);
    }),
    ...requiredFields(subject, 'job').map((field) =>
      of(
        'batch_create',
        'INVALID_RECORD',
        `without ${field} a posting is refused by that name, and its neighbour is taken`,
        async (world) => {
          const good = world.id('JOB');
          const { [field]: _, ...less } = posting(world, subject, world.id('JOB'));
          const [refused, taken] = await post(world, subject, [less, posting(world, subject, good)]);
          assert.equal(refused?.status, 422);
          const { message } = (refused?.error ?? {}) as { message?: unknown }; // whatever it is, it is looked at
          assert.match(String(message), new RegExp(`^ERROR :: /${field} :: field is required`));
          assert.equal(taken?.status, 202);
          await close(world, subject, [good]);
        },
      ),
    ),
    of('batch_create', 'CONFLICT', 'closing a job that never was', async (world) => {
      const record = { ...posting(world, subject, world.id('NEVER')), jobPostingOperationType: 'CLOSE' };
      assert.equal((await post(world, subject, [record]))[0]?.status, 409);
    }),
    of(
      'batch_create',
      'BAD_REQUEST',
      'more than a hundred postings, and a body that is none',
      async (world) => {
        const many = Array.from({ length: 101 }, () => posting(world, subject, world.id('JOB')));
        assertRefused(subject, await send(world, subject, { elements: many }), 'BAD_REQUEST');
        for (const body of ['{', '[]', '{}', '{"elements":{}}'])
          assertRefused(subject, await send(world, subject, body), 'BAD_REQUEST');
      },
    ),
    of('batch_create', 'ACCESS_DENIED', 'a posting without its method header', async (world) => {
      const url = pathOf(subject, world.values);
      const answer = await world.send(subject, { verb: 'POST', url, body: { elements: [] } });
      assertRefused(subject, answer, 'ACCESS_DENIED');
    }),
  ];
};

type Make = (method: Case['method'], outcome: Case['outcome'], title: string, run: Case['run']) => Case;

function taskCases(subject: Subject, of: Make): readonly Case[] {
  const postings = subjects().find(
    ({ base, definition, version }) =>
      base === subject.base && definition.kind === 'job' && version === subject.version,
  );
  if (!postings) return [];
  return [
    of('batch_get', 'success', 'a task tells its job, and that it succeeded or why not', async (world) => {
      const id = world.id('JOB');
      const created = posting(world, postings, id);
      const updated = { ...posting(world, postings, world.id('NEVER')), jobPostingOperationType: 'UPDATE' };
      const elements = await post(world, postings, [created, updated]);
      const keys = elements.map((element) => [String(element.id)]);
      const read = async () => outcomes(subject, await world.batch(subject, 'GET', 'batch_get', keys), keys);
      let tasks = await read();
      for (
        let tries = 0;
        tries < 60 && tasks.some(({ entity }) => entity?.status === 'IN_PROGRESS');
        tries++
      ) {
        await new Promise((resolve) => setTimeout(resolve, 5_000));
        tasks = await read();
      }
      assert.equal(tasks[0]?.entity?.status, 'SUCCEEDED', JSON.stringify(tasks[0]));
      assert.equal(tasks[0]?.entity?.externalJobPostingId, id);
      assert.equal(tasks[1]?.entity?.status, 'FAILED');
      assert.ok(String(tasks[1]?.entity?.errorMessage ?? '') !== '', 'a failed task says why');
      await close(world, postings, [id]);
    }),
    of('batch_get', 'NOT_FOUND', 'a task that never was', async (world) => {
      const key = [`urn:li:simpleJobPostingTask:${crypto.randomUUID()}`];
      const [outcome] = outcomes(subject, await world.batch(subject, 'GET', 'batch_get', [key]), [key]);
      assertKeyRefused(outcome, 404);
    }),
  ];
}

function statusCases(subject: Subject, of: Make): readonly Case[] {
  const postings = subjects().find(
    ({ definition, version }) => definition.kind === 'job' && version === subject.version,
  );
  if (!postings) return [];
  return [
    of(
      'batch_get',
      'success',
      'a job that is open is listed, and one that was closed is not',
      async (world) => {
        const id = world.id('JOB');
        const key = [id];
        await post(world, postings, [{ ...posting(world, postings, id), availability: 'PUBLIC' }]);
        const read = async () =>
          outcomes(subject, await world.batch(subject, 'GET', 'batch_get', [key]), [key]);
        const [open] = await read();
        assert.deepEqual([open?.entity?.externalJobPostingId, open?.entity?.listingStatus], [id, 'LISTED']);
        await close(world, postings, [id], 'PUBLIC');
        assert.equal((await read())[0]?.entity?.listingStatus, 'NOT_LISTED');
      },
    ),
    of('batch_get', 'NOT_FOUND', 'a job that never was answers 404 by itself', async (world) => {
      const key = [world.id('NEVER')];
      const [outcome] = outcomes(subject, await world.batch(subject, 'GET', 'batch_get', [key]), [key]);
      assertKeyRefused(outcome, 404);
    }),
  ];
}

function posting(world: World, subject: Subject, id: string): Readonly<Record<string, unknown>> {
  return exampleRecord(subject, 'job', {
    externalJobPostingId: id,
    integrationContext: world.target.organization,
  });
}

function send(world: World, subject: Subject, body: unknown): Promise<Answer> {
  return world.send(subject, {
    verb: 'POST',
    url: pathOf(subject, world.values),
    method: 'batch_create',
    body,
  });
}

async function post(world: World, subject: Subject, elements: readonly object[]): Promise<readonly Json[]> {
  const answer = await send(world, subject, { elements });
  assert.equal(answer.status, 200, answer.text.slice(0, 300));
  const answered = answer.json().elements;
  assert.ok(Array.isArray(answered));
  assert.equal(answered.length, elements.length, 'as many elements as postings');
  return answered as Json[]; // what stands in them is looked at by whoever asked
}

/** There is no other end of a job. */
async function close(
  world: World,
  subject: Subject,
  ids: readonly string[],
  availability = 'PRIVATE_TO_ATS_INTEGRATION',
): Promise<void> {
  const elements = await post(
    world,
    subject,
    ids.map((id) => ({ ...posting(world, subject, id), availability, jobPostingOperationType: 'CLOSE' })),
  );
  for (const { status } of elements) assert.equal(status, 202);
}
