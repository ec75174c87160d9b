import type { Ats } from '../ats.ts';
import { type Html, html } from '../html.ts';
import { action, moment, page, table } from './layout.ts';
import { onboardingWidget, widgetScripts } from './widgets.ts';

const STATES = {
  REQUESTED: 'Requested',
  PARTNER_READY: 'Ready to be switched on',
  ENABLED: 'Enabled',
} as const;

/** What an administrator of the company needs to switch the integration on, and to see that it works. */
export async function setupPage(ats: Ats, isChecked: boolean): Promise<Html> {
  const { connector, customerId } = ats;
  const customer = await connector.customers.get(customerId);
  if (!customer) {
    const begin = html`<p>This company is not connected yet.</p>${action('/setup/provision', 'Get credentials', 'primary')}`;
    return page(ats.name, '/setup', 'Recruiter integration', begin);
  }
  const integrations = customer.integrations.map(
    (each) =>
      html`<tr><td>${each.integrationType}</td><td>${each.integrationContext}</td><td><span class="tag">${STATES[each.status]}</span></td></tr>`,
  );
  const held = (await connector.heldDeletions(customerId)).map(
    ({ kind, rows }) =>
      html`<section class="box"><p>${rows} deletions of ${kind} wait, because they are many at once.</p>${action(`/setup/confirm/${kind}`, 'Delete them', 'danger')}</section>`,
  );
  const refused = (await connector.quarantine.list(customerId)).map(
    (each) =>
      html`<tr><td>${each.kind} ${each.parentId} ${each.id}</td><td>${each.reason}</td><td>${each.remedy}</td><td>${moment(each.failedAt)}</td></tr>`,
  );
  const counts = Object.entries(await countAll(ats)).map(
    ([kind, count]) => html`<tr><td>${kind}</td><td data-count="${kind}">${count}</td></tr>`,
  );
  const stored = Object.entries({
    'API key': customer.clientId,
    Application: customer.applicationUrn,
    Organisation: customer.organization,
    Contracts: customer.contracts.join(', '),
    'Callback address': customer.callbackUrl,
    Secret: 'stored encrypted, never shown',
  }).map(([what, value]) => html`<tr><td>${what}</td><td><code>${value}</code></td></tr>`);
  const history =
    customer.historySentAt === null
      ? 'The history has not been sent completely yet.'
      : `All history was sent by ${moment(customer.historySentAt)}.`;
  const body = html`${customer.organization === null && html`<p>Choose what this company wants to use; an administrator then switches it on in the recruiter app.</p>`}
<h2>What this company uses</h2>${onboardingWidget()}
<section id="standing"><h2>Status</h2>${table(['Feature', 'For', 'Status'], integrations, 'Nothing was asked for yet.')}</section>
<h2>Synchronisation</h2><p role="status">${history}</p>
${action('/setup/sync', 'Send now')} ${action('/setup/history', 'Send the whole history again')} <a href="/setup?check=yes">Check everything</a>
${isChecked && (await checks(ats))}${held}
<h2>Refused records</h2>${table(['Record', 'Reason', 'What to do', 'Since'], refused, 'None: everything that was sent was taken.')}${refused.length > 0 && action('/setup/retry', 'Try all again')}
<h2>In this ATS</h2>${table(['Kind', 'Records'], counts, '')}
<h2>Stored for this company</h2>${table(['What', 'Value'], stored, '')}`;
  const scripts = widgetScripts(ats, customer, 'ATSIntegrationWidget');
  return page(ats.name, '/setup', 'Recruiter integration', body, scripts);
}

/** Each precondition, and what to do where it does not hold. */
async function checks({ connector, customerId }: Ats): Promise<Html> {
  const rows = (await connector.doctor(customerId)).map(
    ({ check, ok, detail, remedy }) =>
      html`<tr><td>${ok ? 'OK' : html`<span class="bad">No</span>`}</td><td>${check}</td><td>${detail}</td><td>${remedy}</td></tr>`,
  );
  return html`<h2>Check</h2>${table(['', 'What', 'Found', 'What to do'], rows, 'There is nothing to check yet.')}`;
}

/** For comparing with what the platform shows. */
async function countAll({ sql }: Ats): Promise<Readonly<Record<string, number>>> {
  const [counts] = await sql<Record<string, number>[]>`
    select (select count(*)::int from job) as job, (select count(*)::int from job where not is_open) as "closedJob",
      (select count(*)::int from candidate) as candidate, (select count(*)::int from application) as application,
      (select count(*)::int from candidate_note) as "candidateNote", (select count(*)::int from application_note) as "applicationNote",
      (select count(*)::int from feedback) as "interviewFeedback", (select count(*)::int from stage) as stage`;
  return counts ?? {};
}
