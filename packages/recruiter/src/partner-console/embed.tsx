import type { PartnerCustomer } from '@carrick/protocol/partner-console';
import admin from '../admin/admin-page.module.css';
import { CopyButton } from './copy-button.tsx';
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
        {tags.map(({ title, text }) => (
          <div key={title}>
            <div className={css.blockHead}>
              <h3 className={admin.name}>{title}</h3>
              <CopyButton text={text} what={title} />
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to reach it */}
            <pre className={`${css.code} ${css.block}`} tabIndex={0} aria-label={title} role="region">
              {text}
            </pre>
          </div>
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
