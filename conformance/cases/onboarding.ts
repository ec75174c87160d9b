import assert from 'node:assert/strict';
import { encodePathKey, exampleKey, INTEGRATIONS, type TypedKey } from '@carrick/protocol';
import type { Case, CaseMaker } from '../case.ts';
import { bodyKey, idsQuery, pathKey, pathOf, type Subject } from '../subject.ts';
import {
  type Answer,
  assertKeyRefused,
  assertRefused,
  type Json,
  outcomes,
  type Sent,
  type World,
} from '../world.ts';

/** What comes before the first record: an application of one customer's, its integrations, and how they are configured. */
export const onboardingCases: CaseMaker = (subject) => {
  switch (subject.definition.kind) {
    case 'provisionedApplication':
      return provisioning(subject);
    case 'integration':
      return integrations(subject);
    case 'integrationConfiguration':
      return configurations(subject);
    default:
      return [];
  }
};

type Make = (method: Case['method'], outcome: Case['outcome'], title: string, run: Case['run']) => Case;

/** Cannot be deleted over the wire: applications that the suite provisions stay. */
function provisioning(subject: Subject): readonly Case[] {
  const of: Make = (method, outcome, title, run) => ({
    subject,
    method,
    outcome,
    title,
    needs: 'partner',
    run,
  });
  const path = (world: World) => pathOf(subject, world.values);
  const send = async (world: World, sent: Omit<Sent, 'token'>) =>
    world.send(subject, { ...sent, token: await world.partnerToken() });
  const create = (world: World, body: Json) =>
    send(world, { verb: 'POST', url: path(world), method: 'create', body });
  const application = (uniqueForeignId: string) => ({
    uniqueForeignId,
    name: `Suite - ${uniqueForeignId}`.slice(0, 50),
    description: 'Made by the conformance suite',
  });
  const find = (world: World, id: string) =>
    send(world, {
      verb: 'GET',
      url: `${path(world)}?q=credentialsByUniqueForeignId&uniqueForeignId=${id}`,
    });
  return [
    of('create', 'success', 'an application with credentials that nobody else has', async (world) => {
      const [one, two] = [
        await create(world, application(world.id('CUSTOMER'))),
        await create(world, application(world.id('CUSTOMER'))),
      ];
      const [first, second] = [credentialsOf(one), credentialsOf(two)];
      assert.notEqual(first.clientId, second.clientId);
      assert.notEqual(first.clientSecret, second.clientSecret);
      for (const header of ['x-restli-id', 'x-linkedin-id'])
        assert.equal(one.headers.get(header), one.json().key, `${header} is the key`);
      const token = await world.tokenOf(first);
      assert.ok(token, 'the credentials give a token');
    }),
    of('create', 'CONFLICT', 'a second application for one customer', async (world) => {
      const id = world.id('TWICE');
      credentialsOf(await create(world, application(id)));
      assertRefused(subject, await create(world, application(id)), 'CONFLICT');
    }),
    of('create', 'INVALID_RECORD', 'without a name', async (world) => {
      const { name: _, ...nameless } = application(world.id('NAMELESS'));
      const answer = await create(world, nameless);
      assertRefused(subject, answer, 'INVALID_RECORD');
      assert.match(String(answer.json().message), /name/);
    }),
    of('create', 'ACCESS_DENIED', "with a customer's own token", async (world) => {
      const body = application(world.id('DENIED'));
      const answer = await world.send(subject, { verb: 'POST', url: path(world), method: 'create', body });
      assertRefused(subject, answer, 'ACCESS_DENIED');
    }),
    of(
      'finder',
      'success',
      'by the customer, with everything that was sent; an unknown one is nobody',
      async (world) => {
        const sent = { ...application(world.id('FOUND')), validJsSdkDomains: ['https://ats.example.com'] };
        const made = await create(world, sent);
        const { elements } = (await find(world, sent.uniqueForeignId)).json();
        const [{ key, credentials, oauth2AuthorizedCallbackUrls: _, ...found } = {}] = elements as Record<
          string,
          unknown
        >[];
        assert.deepEqual({ key, credentials }, made.json());
        assert.deepEqual(found, sent);
        assert.deepEqual((await find(world, world.id('NOBODY'))).json().elements, []);
      },
    ),
    of('partial_update', 'success', 'lists are replaced as a whole, and read back', async (world) => {
      const sent = application(world.id('CHANGED'));
      const { key } = (await create(world, sent)).json();
      const url = `${path(world)}/${pathKey(subject, [String(key)])}`;
      const callbacks = ['https://ats.example.com/consent'];
      const answer = await send(world, {
        verb: 'POST',
        url,
        body: { patch: { $set: { oauth2AuthorizedCallbackUrls: callbacks } } },
      });
      assert.deepEqual([answer.status, answer.text], [204, '']);
      const { elements } = (await find(world, sent.uniqueForeignId)).json();
      assert.deepEqual((elements as Json[])[0]?.oauth2AuthorizedCallbackUrls, callbacks);
    }),
    of('partial_update', 'NOT_FOUND', 'an application that never was', async (world) => {
      const url = `${path(world)}/${pathKey(subject, ['urn:li:developerApplication:1'])}`;
      const body = { patch: { $set: { validJsSdkDomains: [] } } };
      assertRefused(subject, await send(world, { verb: 'POST', url, body }), 'NOT_FOUND');
    }),
    of(
      'action',
      'success',
      'a new secret, beside which the old one gets tokens for a while',
      async (world) => {
        const made = await create(world, application(world.id('ROTATED')));
        const before = credentialsOf(made);
        const url = `${path(world)}/${pathKey(subject, [String(made.json().key)])}?action=rotateSecret`;
        const answer = await send(world, { verb: 'POST', url, body: {} });
        assert.equal(answer.status, 200, answer.text);
        const { client_secret: clientSecret } = Object(Object(answer.json().value).credentials);
        assert.notEqual(clientSecret, before.clientSecret);
        assert.ok(await world.tokenOf(before), 'the old secret still gives a token');
        assert.ok(await world.tokenOf({ ...before, clientSecret }), 'the new secret gives a token');
      },
    ),
  ];
}

function credentialsOf(answer: Answer): { readonly clientId: string; readonly clientSecret: string } {
  assert.equal(answer.status, 201, answer.text);
  const { client_id: clientId, client_secret: clientSecret } = Object(answer.json().credentials);
  assert.ok(typeof clientId === 'string' && typeof clientSecret === 'string', 'it has credentials');
  return { clientId, clientSecret };
}

const STATES = ['REQUESTED', 'PARTNER_READY', 'ENABLED'];
/** Asked for in one run: all company-level types. */
const COMPANY_TYPES = Object.entries(INTEGRATIONS).flatMap(([type, { context }]) =>
  context === 'organization' ? [type] : [],
);

/** The names that the suite changes it puts back. */
function integrations(subject: Subject): readonly Case[] {
  const of: Make = (method, outcome, title, run) => ({ subject, method, outcome, title, run });
  const key = (world: World, changes: Readonly<Record<string, string>> = {}): TypedKey =>
    exampleKey(subject.definition, { ...world.values, ...changes });
  const get = async (world: World, keys: readonly TypedKey[]) =>
    outcomes(subject, await world.patiently(() => world.batch(subject, 'GET', 'batch_get', keys)), keys);
  const name = async (world: World, named: readonly (readonly [TypedKey, unknown])[]) => {
    const keys = named.map(([each]) => each);
    const entities = Object.fromEntries(
      named.map(([each, integrationName]) => [
        bodyKey(subject, each),
        { patch: { $set: { integrationName } } },
      ]),
    );
    const send = () => world.batch(subject, 'POST', 'batch_partial_update', keys, { body: { entities } });
    return outcomes(subject, await world.patiently(send), keys);
  };
  return [
    of(
      'batch_get',
      'success',
      'each integration has its name and one of three states, and one is enabled',
      async (world) => {
        const found = await get(
          world,
          COMPANY_TYPES.map((integrationType) => key(world, { integrationType })),
        );
        const requested = found.filter(({ status }) => status === 200);
        for (const { entity } of requested) assert.ok(STATES.includes(String(entity?.onboardingStatus)));
        // Whoever runs the suite names an organization with an enabled integration.
        assert.ok(requested.some(({ entity }) => entity?.onboardingStatus === 'ENABLED'));
      },
    ),
    of(
      'batch_partial_update',
      'success',
      'a name that is set reads back, and what is enabled stays so',
      async (world) => {
        const own = key(world, { integrationType: await enabledType(world, get, key) });
        const [before] = await get(world, [own]);
        const integrationName = world.id('Suite');
        const [named] = await name(world, [[own, integrationName]]);
        assert.equal(named?.status, 204);
        const [after] = await get(world, [own]);
        assert.deepEqual(
          [after?.entity?.integrationName, after?.entity?.onboardingStatus],
          [integrationName, 'ENABLED'],
        );
        const old = before?.entity?.integrationName;
        if (typeof old === 'string') assert.equal((await name(world, [[own, old]]))[0]?.status, 204);
      },
    ),
    of(
      'batch_partial_update',
      'INVALID_RECORD',
      'a name that is none, and a part that is no symbol, refused by name',
      async (world) => {
        const own = key(world, { integrationType: await enabledType(world, get, key) });
        const [unnamed, odd] = await name(world, [
          [own, 5],
          [key(world, { tenantType: 'SALES' }), 'x'],
        ]);
        assertKeyRefused(unnamed, 422, /integrationName/);
        assertKeyRefused(odd, 422, /tenantType/);
      },
    ),
    of(
      'batch_partial_update',
      'CONTEXT_NOT_OWNED',
      'an integration of another organization',
      async (world) => {
        const foreign = key(world, { integrationContext: 'urn:li:organization:1' });
        const [refused] = await name(world, [[foreign, 'x']]);
        assertKeyRefused(refused, 403);
      },
    ),
    of('finder', 'NOT_FOUND', 'by the id of a notification that never was', async (world) => {
      const url = `${pathOf(subject, world.values)}?q=request&requestId=${world.id('none')}`;
      const answer = await world.patiently(() => world.send(subject, { verb: 'GET', url }));
      assertRefused(subject, answer, 'NOT_FOUND');
    }),
  ];
}

async function enabledType(
  world: World,
  get: (
    world: World,
    keys: readonly TypedKey[],
  ) => Promise<readonly { readonly entity?: Json | undefined }[]>,
  key: (world: World, changes: Readonly<Record<string, string>>) => TypedKey,
): Promise<string> {
  const found = await get(
    world,
    COMPANY_TYPES.map((integrationType) => key(world, { integrationType })),
  );
  const index = found.findIndex(({ entity }) => entity?.onboardingStatus === 'ENABLED');
  return COMPANY_TYPES[index] ?? assert.fail('no integration is enabled');
}

const CALLBACK = 'CALLBACK_URL';

/** Of ONE_CLICK_EXPORT; the address that the suite replaces it puts back. */
function configurations(subject: Subject): readonly Case[] {
  const of: Make = (method, outcome, title, run) => ({ subject, method, outcome, title, run });
  const ask = async (
    world: World,
    verb: Sent['verb'],
    method: Case['method'],
    keys: readonly string[],
    value?: string,
  ) => {
    const ids = keys.map((each) => [each]);
    const entities = Object.fromEntries(
      keys.map((each) => [each, { configurationValue: { string: value } }]),
    );
    const body = value === undefined ? {} : { body: { entities } };
    return outcomes(
      subject,
      await world.patiently(() =>
        world.send(subject, {
          verb,
          method,
          url: `${pathOf(subject, world.values)}?${idsQuery(subject, ids)}`,
          ...body,
        }),
      ),
      ids,
    );
  };
  const put = (world: World, value: string, key = CALLBACK) =>
    ask(world, 'PUT', 'batch_update', [key], value);
  const get = (world: World) => ask(world, 'GET', 'batch_get', [CALLBACK]);
  const remove = (world: World) => ask(world, 'DELETE', 'batch_delete', [CALLBACK]);
  /** Leaves what was there. */
  const kept =
    (run: (world: World) => Promise<void>): Case['run'] =>
    async (world) => {
      const [before] = await get(world);
      try {
        await run(world);
      } finally {
        const old = stringOf(before?.entity);
        if (old === null) await remove(world);
        else await put(world, old);
      }
    };
  return [
    of(
      'batch_update',
      'success',
      'a configuration that is put is the one that is got; put again, the other',
      kept(async (world) => {
        for (const address of ['https://ats.example.com/one', 'https://ats.example.com/two?a=1&b=2']) {
          assert.equal((await put(world, address))[0]?.status, 204);
          const [read] = await get(world);
          assert.deepEqual([read?.status, stringOf(read?.entity)], [200, address]);
        }
      }),
    ),
    of(
      'batch_get',
      'success',
      'what was put, as a union of one member',
      kept(async (world) => {
        await put(world, 'https://ats.example.com/got');
        const [read] = await get(world);
        assert.deepEqual(read?.entity?.configurationValue, { string: 'https://ats.example.com/got' });
      }),
    ),
    of(
      'batch_delete',
      'success',
      'what is deleted is not there any more',
      kept(async (world) => {
        await put(world, 'https://ats.example.com/gone');
        assert.equal((await remove(world))[0]?.status, 204);
        assertKeyRefused((await get(world))[0], 404);
      }),
    ),
    of(
      'batch_update',
      'INVALID_RECORD',
      'an address without TLS in the open, and a key that is none',
      kept(async (world) => {
        assertKeyRefused((await put(world, 'http://ats.example.com/plain'))[0], 422);
        assertKeyRefused((await put(world, 'x', 'NO_SUCH_KEY'))[0], 422);
      }),
    ),
    of('batch_update', 'CONTEXT_NOT_OWNED', "below another organization's integration", async (world) => {
      const { parent = '' } = subject.definition;
      const foreign = foreignParent(world, subject);
      const url = `/${subject.base}/${parent}/${foreign}/${subject.definition.name}?${idsQuery(subject, [[CALLBACK]])}`;
      const entities = { [CALLBACK]: { configurationValue: { string: 'https://ats.example.com/x' } } };
      const answer = await world.patiently(() =>
        world.send(subject, { verb: 'PUT', method: 'batch_update', url, body: { entities } }),
      );
      assertKeyRefused(outcomes(subject, answer, [[CALLBACK]])[0], 403);
    }),
  ];
}

function foreignParent({ values }: World, { version }: Subject): string {
  const key = { parts: ['integrationContext', 'integrationType', 'tenantType', 'dataProvider'] };
  const foreign = { ...values, integrationContext: 'urn:li:organization:1' };
  return encodePathKey(exampleKey({ key, kind: 'integration' }, foreign), key, version);
}

function stringOf(entity: Json | undefined): string | null {
  const { string } = Object(entity?.configurationValue);
  return typeof string === 'string' ? string : null;
}
