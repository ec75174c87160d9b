import type { Customer, DoctorFinding } from '@carrick/connector';
import type { Ats } from '../ats.ts';
import { type Html, html } from '../html.ts';
import { action, moment, page, table } from './layout.ts';
import { onboardingWidget, type WidgetSettings, widgetScripts } from './widgets.ts';

const STATES = {
  REQUESTED: 'Requested',
  PARTNER_READY: 'Ready to be switched on',
  ENABLED: 'Enabled',
} as const;

/** What an administrator of the company needs to switch the integration on, and to see that it works. */
export async function setupPage(
  ats: Ats,
  customer: Customer | null,
  platform: string,
  findings: readonly DoctorFinding[] | null,
): Promise<Html> {
  if (!customer)
    return page(
      ats.name,
      '/setup',
      'Recruiter integration',
      html`<p>This company is not connected yet.</p>${action('/setup/provision', 'Get credentials', 'primary')}`,
    );
  const { connector, customerId } = ats;
  const quarantine = await connector.quarantine.list(customerId);
  const held = await connector.heldDeletions(customerId);
  const widgets: WidgetSettings = {
    platform,
    apiKey: customer.clientId,
    organization: customer.organization,
  };
  return page(
    ats.name,
    '/setup',
    'Recruiter integration',
    html`${
      customer.organization === null
        ? html`<p>Choose what this company wants to use; an administrator then switches it on in the recruiter app.</p>`
        : ''
    }
<h2>What this company uses</h2>${onboardingWidget()}
<section id="standing"><h2>Status</h2>${table(
      ['Feature', 'For', 'Status'],
      customer.integrations.map(
        (each) =>
          html`<tr><td>${each.integrationType}</td><td>${each.integrationContext}</td><td><span class="tag">${STATES[each.status]}</span></td></tr>`,
      ),
      'Nothing was asked for yet.',
    )}</section>
<h2>Synchronisation</h2><p role="status">${
      customer.historySentAt === null
        ? 'The history has not been sent completely yet.'
        : `All history was sent by ${moment(customer.historySentAt)}.`
    }</p>
${action('/setup/sync', 'Send now')} ${action('/setup/history', 'Send the whole history again')} <a href="/setup?check=yes">Check everything</a>
${
  findings &&
  html`<h2>Check</h2>${table(
    ['', 'What', 'Found', 'What to do'],
    findings.map(
      ({ check, ok, detail, remedy }) =>
        html`<tr><td>${ok ? 'OK' : html`<span class="bad">No</span>`}</td><td>${check}</td><td>${detail}</td><td>${remedy}</td></tr>`,
    ),
    'There is nothing to check yet.',
  )}`
}
${held.map(
  ({ kind, rows }) =>
    html`<section class="box"><p>${rows} deletions of ${kind} wait, because they are many at once.</p>${action(`/setup/confirm/${kind}`, 'Delete them', 'danger')}</section>`,
)}
<h2>Refused records</h2>${table(
      ['Record', 'Reason', 'What to do', 'Since'],
      quarantine.map(
        (each) =>
          html`<tr><td>${each.kind} ${each.parentId} ${each.id}</td><td>${each.reason}</td><td>${each.remedy}</td><td>${moment(each.failedAt)}</td></tr>`,
      ),
      'None: everything that was sent was taken.',
    )}${quarantine.length > 0 && action('/setup/retry', 'Try all again')}
<h2>In this ATS</h2>${table(
      ['Kind', 'Records'],
      Object.entries(await countAll(ats)).map(
        ([kind, count]) => html`<tr><td>${kind}</td><td data-count="${kind}">${count}</td></tr>`,
      ),
      '',
    )}
<h2>Stored for this company</h2>${table(
      ['What', 'Value'],
      [
        ['API key', customer.clientId],
        ['Application', customer.applicationUrn],
        ['Organisation', customer.organization],
        ['Contracts', customer.contracts.join(', ')],
        ['Callback address', customer.callbackUrl],
        ['Secret', 'stored encrypted, never shown'],
      ].map(([what, value]) => html`<tr><td>${what}</td><td><code>${value}</code></td></tr>`),
      '',
    )}`,
    widgetScripts(widgets, 'ATSIntegrationWidget'),
  );
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
