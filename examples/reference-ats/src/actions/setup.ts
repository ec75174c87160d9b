import type { IntegrationTriple } from '@carrick/connector';
import { type Form, FormError } from '../form.ts';
import { KINDS, readHistory } from '../records.ts';
import type { Actions } from './action.ts';

export const setupActions: Actions = {
  '/setup/provision': (ats) => ats.provision(),
  '/setup/integrations': ({ connector, customerId }, form) =>
    connector.customers.onboarded(customerId, triplesOf(form)),
  '/setup/sync': ({ connector }) => connector.runOnce(),
  '/setup/history': ({ connector, customerId, sql, base }) =>
    connector.backfill(customerId, readHistory(sql, base)),
  '/setup/retry': ({ connector, customerId }) => connector.quarantine.retry(customerId),
  '/setup/confirm/:': ({ connector, customerId }, _, name) => {
    const kind = KINDS.find((known) => known === name);
    if (!kind) throw new FormError(`There are no records called ${name}.`);
    return connector.confirmDeletes(customerId, kind);
  },
};

const MEMBERS = ['integrationContext', 'integrationType', 'tenantType'] as const;

/** The onboarding widget hands a list of integrations to our page, and our page hands it on as it is. */
function triplesOf(form: Form): IntegrationTriple[] {
  const given: unknown = JSON.parse(form.needed('integrations'));
  if (!Array.isArray(given)) throw new FormError('A list of integrations is needed.');
  return given.map((each: Partial<IntegrationTriple>) => {
    for (const name of MEMBERS)
      if (typeof each?.[name] !== 'string') throw new FormError(`An integration has no ${name}.`);
    return each as IntegrationTriple; // checked
  });
}
