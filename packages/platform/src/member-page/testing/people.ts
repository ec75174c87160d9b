import { type Consent, readConsents } from '../../consent/index.ts';
import { createLink } from '../links.ts';
import { type MemberWorld, type Shown, type TestOrganisation, visit } from './world.ts';

export interface Somebody {
  readonly id: string;
  readonly memberId: number;
  readonly email: string;
  /** Of a settings link. */
  readonly path: string;
}

type Fields = Readonly<Record<string, string>>;

/** Members for tests, and what they do with their browsers. */
export interface TestPeople {
  somebody(fields?: Readonly<Record<string, unknown>>): Promise<Somebody>;
  /** Another settings link; `address`: to which it is as if mailed. */
  linkTo(memberId: number, address?: string | null): Promise<string>;
  show(path: string, headers?: Fields): Promise<Shown>;
  send(path: string, form: Fields, headers?: Fields): Promise<Shown>;
  /** The hidden fields of a new reply form. */
  newReply(): { readonly step: 'reply'; readonly key: string };
  consentOf(organisation: TestOrganisation, memberId: number): Promise<Consent | undefined>;
  /** What earlier tests caused is sent and put away. */
  forgetMail(): Promise<void>;
}

export function testPeople(world: MemberWorld): TestPeople {
  const { ctx } = world;
  let count = 0;
  const linkTo: TestPeople['linkTo'] = (memberId, address = null) =>
    ctx.db.transaction(null, async (tx) => {
      const { token, stored } = createLink(ctx, tx, { memberId, purpose: 'settings', address });
      await stored;
      return `/member/settings/${token}`;
    });
  return {
    linkTo,
    async somebody(fields = {}) {
      const id = `m${++count}`;
      const email = `${id}@people.example`;
      await world.bring({
        id,
        firstName: 'Mae',
        lastName: `Norris${'abcdefghijklmnopqrstuvwxyz'[count % 26]}`,
        headline: 'Chief <Engineer>',
        emails: [email],
        phones: ['+1 415 555 0100'],
        shareWithThirdParties: true,
        ...fields,
      });
      const memberId = await world.memberId(id);
      return { id, memberId, email, path: await linkTo(memberId) };
    },
    show: (path, headers) => visit(world, path, undefined, headers),
    send: (path, form, headers) => visit(world, path, form, headers),
    newReply: () => ({ step: 'reply', key: String(++count) }),
    consentOf: async ({ tenantId }, memberId) =>
      (await ctx.db.read(tenantId, (tx) => readConsents(tx, tenantId, [memberId]))).get(memberId),
    async forgetMail() {
      await world.settle();
      world.smtp.received.length = 0;
      world.consentChanges.length = 0;
    },
  };
}
