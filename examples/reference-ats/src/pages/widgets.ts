import type { Customer } from '@carrick/connector';
import type { Ats } from '../ats.ts';
import { type Html, html } from '../html.ts';

const EXTENSIONS = { HcmWidget: 'profile-widget', ATSIntegrationWidget: 'onboarding-widget' } as const;

/** The loader, as the vendor's pages print it: the script's text is its settings. The key is no secret. */
export const widgetScripts = (
  { platform }: Ats,
  { clientId }: Customer,
  name: keyof typeof EXTENSIONS,
): Html => html`<script type="text/javascript" src="${platform}/xdoor/scripts/in.js">
api_key: ${clientId}
extensions: ${name}@${platform}/rsc/extensions/${EXTENSIONS[name]}
</script>`;

export const profileWidget = ({ organization }: Customer, candidateId: string): Html =>
  html`<script type="IN/HcmWidget" data-widget-type="ATS" data-ats-candidate-id="${candidateId}" data-integration-context="${organization}"
 data-show-unlink-url="true" data-confirm-unlink="true" data-onlink="linked" data-onunlink="unlinked" data-width="800"></script>
<script>
const tell = (what, member) => fetch('/candidates/${candidateId}/' + what, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({member})}).then(() => location.reload());
function linked(member) { tell('linked', member); }
function unlinked(member) { tell('unlinked', member); }
</script>`;

/** The page stays where it is: loaded anew it would lose what the widget tells it next, of another bundle. */
export const onboardingWidget = (): Html =>
  html`<script type="IN/ATSIntegrationWidget" data-supported-bundled-integration-types="RECRUITER_SYSTEM_CONNECT_COMPANY,RECRUITER_SYSTEM_CONNECT_CONTRACT"
 data-onintegrate="handleIntegrations" data-width="600"></script>
<script>
function handleIntegrations(integrations) {
  fetch('/setup/integrations', {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({integrations: JSON.stringify(integrations)})})
    .then((answer) => answer.text())
    .then((text) => {
      const shown = new DOMParser().parseFromString(text, 'text/html').getElementById('standing');
      if (shown) document.getElementById('standing').replaceWith(shown);
    });
}
</script>`;
