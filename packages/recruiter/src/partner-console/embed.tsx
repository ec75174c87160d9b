import type { PartnerCustomer } from '@carrick/protocol/partner-console';
import admin from '../admin/admin-page.module.css';
import { CodeBlock } from './code-block.tsx';
import css from './partner-page.module.css';
import { words } from './words.ts';

/** The tags for the vendor's own page, with this customer's key. */
export function Embed({ customer }: { customer: PartnerCustomer }) {
  const tags = [
    { title: words.profileWidget, text: profileTags(customer, window.location.origin) },
    { title: words.setupWidget, text: setupTags(customer, window.location.origin) },
  ];
  return (
    <section className={admin.card} aria-labelledby="embed" data-testid="embed">
      <div className={admin.cardHead}>
        <div>
          <h2 className={admin.cardTitle} id="embed">
            {words.embed}
          </h2>
          <p className={admin.meta}>{words.embedHint}</p>
        </div>
      </div>
      <div className={css.body}>
        {tags.map((each) => (
          <CodeBlock key={each.title} {...each} />
        ))}
      </div>
    </section>
  );
}

function profileTags({ clientId, organisationUrn }: PartnerCustomer, origin: string): string {
  return `<script type="text/javascript" src="${origin}/xdoor/scripts/in.js">
api_key: ${clientId}
extensions: HcmWidget@${origin}/rsc/extensions/profile-widget
</script>
<script type="IN/HcmWidget" data-widget-type="ATS"
  data-ats-candidate-id="{id of the candidate in your ATS}"
  data-integration-context="${organisationUrn ?? 'urn:li:organization:{id}'}"
  data-width="800"></script>`;
}

function setupTags({ clientId }: PartnerCustomer, origin: string): string {
  return `<script type="text/javascript" src="${origin}/xdoor/scripts/in.js">
api_key: ${clientId}
extensions: ATSIntegrationWidget@${origin}/rsc/extensions/onboarding-widget
</script>
<script type="IN/ATSIntegrationWidget"
  data-supported-bundled-integration-types="RECRUITER_SYSTEM_CONNECT_COMPANY,RECRUITER_SYSTEM_CONNECT_CONTRACT"
  data-onintegrate="handleIntegrations"
  data-width="500"></script>`;
}
