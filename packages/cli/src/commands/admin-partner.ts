import { createPartner, createPartnerUser, describeProvider, setPartnerUser } from '@carrick/platform';
import { isWebUrl } from '@carrick/protocol';
import { optional, required, usageError } from '../command.ts';
import { type AdminAction, addressFrom, passwordFrom } from './admin-organisation.ts';

/** Vendors: their application, how they show themselves, and who signs in to their console. */
export const PARTNER_ACTIONS: Readonly<Record<string, AdminAction>> = {
  'create-partner': async ({ ctx }, flags) => {
    const { clientId, clientSecret, urn } = await createPartner(ctx, { name: required(flags, 'name') });
    return { clientId, clientSecret, applicationUrn: urn };
  },
  'describe-provider': async ({ ctx }, flags) => {
    const clientId = required(flags, 'client-id');
    const contactEmail = optional(flags, 'contact-email');
    const guideUrl = optional(flags, 'guide-url');
    if (guideUrl !== undefined && !isWebUrl(guideUrl))
      throw usageError('--guide-url takes an http(s) address');
    await describeProvider(ctx, clientId, {
      ...(contactEmail === undefined ? {} : { contactEmail: addressFrom(contactEmail) }),
      ...(guideUrl === undefined ? {} : { guideUrl }),
    });
    return { clientId, contactEmail, guideUrl };
  },
  'create-partner-user': async ({ ctx }, flags) => {
    const clientId = required(flags, 'client-id');
    const email = addressFrom(required(flags, 'email'));
    const name = required(flags, 'name');
    await createPartnerUser(ctx, {
      clientId,
      email,
      name,
      password: passwordFrom(required(flags, 'password-env')),
    });
    return { clientId, email, name };
  },
  'set-partner-user': async ({ ctx }, flags) => {
    const email = addressFrom(required(flags, 'email'));
    const active = required(flags, 'active');
    if (active !== 'yes' && active !== 'no') throw usageError('--active takes yes or no');
    await setPartnerUser(ctx, email, active === 'yes');
    return { email, active: active === 'yes' };
  },
};
