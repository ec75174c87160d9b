import type { OwnConsent } from '../consent/index.ts';
import { escapeHtml } from '../kernel/escape-html.ts';
import type { HttpResponse } from '../kernel/http.ts';
import type { MemberChange, MemberSwitch } from '../members/index.ts';
import { type Frame, html, page } from './frame.ts';
import type { AtsRecords, Settings } from './read-settings.ts';
import type { SaidCode, SwitchWords, Words } from './words.ts';

/** The member's own page, as his or her link opens it. */
export function settingsPage(
  frame: Frame,
  settings: Settings,
  { said, dataPath, aboutPath }: { said: SaidCode | null; dataPath: string; aboutPath: string },
): HttpResponse {
  const { words } = frame;
  const { firstName, lastName, headline, isClosed } = settings.member;
  const status = said !== null && isRefused(said) ? 400 : 200;
  const parts = [
    `<section class="card"><h2>${escapeHtml(`${firstName} ${lastName}`.trim())}</h2>
${headline === null ? '' : `<p>${escapeHtml(headline)}</p>`}
<p class="quiet">${html(words.settings.intro)}</p></section>`,
    isClosed ? `<p class="said bad">${html(words.settings.account.isClosed)}</p>` : '',
    switches(frame, settings),
    emails(frame, settings),
    consents(frame, settings.consents, aboutPath),
    exports(frame, settings),
    records(frame, settings.records),
    log(frame, settings.changes),
    data(frame, dataPath),
    account(frame, settings),
  ];
  return page(frame, status, words.settings.title, parts.join('\n'), { said });
}

const isRefused = (said: SaidCode): boolean => ['bad-email', 'last-email', 'not-sure'].includes(said);

function card(id: string, title: string, body: string): string {
  return `<section class="card" aria-labelledby="${id}"><h2 id="${id}">${html(title)}</h2>\n${body}</section>`;
}

function form(
  frame: Frame,
  step: string,
  body: string,
  fields: Readonly<Record<string, string>> = {},
): string {
  const hidden = Object.entries({ step, ...fields }).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  return `<form method="post" action="${escapeHtml(frame.url())}">${hidden.join('')}${body}</form>`;
}

function switches(frame: Frame, { member, changes }: Settings): string {
  const { settings } = frame.words;
  const rows: readonly (readonly [MemberSwitch, boolean, SwitchWords])[] = [
    ['sharing', member.sharesWithThirdParties, settings.sharing],
    ['found-by-email', member.isFoundByEmail, settings.foundByEmail],
    ['found-by-phone', member.isFoundByPhone, settings.foundByPhone],
  ];
  const items = rows.map(([name, isOn, { title, text }]) => {
    const { on, off } = settings.switches;
    const button = `<button role="switch" aria-checked="${isOn}" aria-labelledby="${name}">${html(isOn ? on : off)}</button>`;
    return `<div class="item"><div><h3 id="${name}">${html(title)}</h3><p class="small">${html(text)}</p>
<p class="quiet small">${changed(
      frame,
      changes.find(({ choice }) => choice === name),
    )}</p></div>
${form(frame, 'switch', button, { name, to: isOn ? 'off' : 'on' })}</div>`;
  });
  return card('privacy', settings.switches.title, items.join('\n'));
}

function changed({ words, date }: Frame, change: MemberChange | undefined): string {
  const { changed: byYou, byDirectory, unchanged } = words.settings.switches;
  if (!change) return html(unchanged);
  return html(change.origin === 'member' ? byYou : byDirectory, { date: date(change.changedAt) });
}

function emails(frame: Frame, { member }: Settings): string {
  const { emails: words } = frame.words.settings;
  const rows = member.emails.map(
    (
      email,
      index,
    ) => `<div class="item"><div>${escapeHtml(email)}${index === 0 ? ` <span class="quiet">(${html(words.primary)})</span>` : ''}</div>
${form(frame, 'remove-email', `<button aria-label="${html(words.removeOf, { email })}">${html(words.remove)}</button>`, { email })}</div>`,
  );
  const add = form(
    frame,
    'add-email',
    `<label for="email">${html(words.add)}</label>
<input id="email" name="email" type="email" autocomplete="email" required maxlength="320" aria-describedby="email-hint">
<p class="quiet small" id="email-hint">${html(words.addHint)}</p>
<p class="row"><button>${html(words.addButton)}</button></p>`,
  );
  return card(
    'emails',
    words.title,
    `${rows.length === 0 ? `<p>${html(words.none)}</p>` : rows.join('\n')}${add}`,
  );
}

function consents(frame: Frame, all: readonly OwnConsent[], aboutPath: string): string {
  const { consents: words } = frame.words.settings;
  const rows = all.map((consent) => {
    const { tenantId, organisation, state } = consent;
    const stop =
      state === 'given'
        ? form(
            frame,
            'withdraw',
            `<button aria-label="${html(words.stopOf, { organisation })}">${html(words.stop)}</button>`,
            { organisation: String(tenantId) },
          )
        : '';
    return `<div class="item"><div><h3>${escapeHtml(organisation)}</h3><p class="small">${consentState(frame, consent)}</p></div>${stop}</div>`;
  });
  return card(
    'consents',
    words.title,
    `${rows.length === 0 ? `<p>${html(words.none)}</p>` : rows.join('\n')}
<p class="small"><a href="${escapeHtml(aboutPath)}">${html(words.about)}</a></p>`,
  );
}

function consentState(
  { words, date }: Frame,
  { state, contact, lastAskedAt, answeredAt, withdrawnAt }: OwnConsent,
): string {
  const { given, refused, withdrawn, unanswered } = words.settings.consents;
  const on = (at: number | null) => ({ date: date(at ?? lastAskedAt) });
  switch (state) {
    case 'given':
      return html(given, {
        ...on(answeredAt),
        contact: [contact?.email, contact?.phone].filter(Boolean).join(', '),
      });
    case 'refused':
      return html(refused, on(answeredAt));
    case 'withdrawn':
      return html(withdrawn, on(withdrawnAt));
    case 'none':
      return html(unanswered, on(lastAskedAt));
  }
}

function exports({ words, date }: Frame, { exports: all }: Settings): string {
  const { exports: texts } = words.settings;
  const rows = all.map(
    ({ organisation, ats, exportedAt }) =>
      `<li><strong>${escapeHtml(organisation)}</strong> <span class="quiet">${html(texts.on, { date: date(exportedAt), ats })}</span></li>`,
  );
  return card(
    'exports',
    texts.title,
    rows.length === 0
      ? `<p>${html(texts.none)}</p>`
      : `<ul class="plain">${rows.join('')}</ul><p class="quiet small">${html(texts.hint)}</p>`,
  );
}

function records({ words, date }: Frame, all: readonly AtsRecords[] | null): string {
  if (all === null) return '';
  const { records: texts } = words.settings;
  const rows = all.map(({ organisation, ats, records: count, receivedAt }) => {
    const text = html(count === 1 ? texts.one : texts.several, {
      count: String(count),
      ats,
      date: date(receivedAt),
    });
    return `<li><strong>${escapeHtml(organisation)}</strong> <span class="quiet">${text}</span></li>`;
  });
  return card(
    'records',
    texts.title,
    rows.length === 0
      ? `<p>${html(texts.none)}</p>`
      : `<ul class="plain">${rows.join('')}</ul><p class="quiet small">${html(texts.hint)}</p>`,
  );
}

function log({ words, date }: Frame, changes: readonly MemberChange[]): string {
  const { log: texts } = words.settings;
  const rows = changes.map((change) => {
    const by = change.origin === 'member' ? texts.byYou : texts.byDirectory;
    return `<li>${changeText(words, change)} <span class="quiet">${html(date(change.changedAt))}, ${html(by)}</span></li>`;
  });
  return card(
    'log',
    texts.title,
    rows.length === 0 ? `<p>${html(texts.none)}</p>` : `<ol class="plain">${rows.join('')}</ol>`,
  );
}

function changeText({ settings }: Words, { choice, isOn }: MemberChange): string {
  const { log: texts } = settings;
  const turned = ({ title }: SwitchWords) => html(isOn ? texts.turnedOn : texts.turnedOff, { what: title });
  switch (choice) {
    case 'sharing':
      return turned(settings.sharing);
    case 'found-by-email':
      return turned(settings.foundByEmail);
    case 'found-by-phone':
      return turned(settings.foundByPhone);
    case 'email':
      return html(isOn ? texts.emailAdded : texts.emailRemoved);
    case 'account':
      return html(isOn ? texts.opened : texts.closed);
    case 'erased':
      return html(settings.account.erase);
  }
}

function data(frame: Frame, dataPath: string): string {
  const { data: words } = frame.words.settings;
  return card(
    'data',
    words.title,
    `<div class="item"><div><p class="small">${html(words.downloadHint)}</p></div><a class="button" href="${escapeHtml(dataPath)}" download>${html(words.download)}</a></div>
<div class="item"><div><p class="small">${html(words.linksHint)}</p></div>${form(frame, 'end-links', `<button>${html(words.links)}</button>`)}</div>`,
  );
}

function account(frame: Frame, { member, seats }: Settings): string {
  const { account: words } = frame.words.settings;
  if (seats.length > 0)
    return card('account', words.title, `<p>${html(words.seat, { organisation: seats.join(', ') })}</p>`);
  const toggle = member.isClosed
    ? form(frame, 'switch', `<button>${html(words.reopen)}</button>`, { name: 'account', to: 'on' })
    : form(frame, 'switch', `<button>${html(words.close)}</button>`, { name: 'account', to: 'off' });
  const erase = form(
    frame,
    'erase',
    `<p class="small">${html(words.eraseHint)}</p>
<p><input id="sure" name="sure" type="checkbox" value="yes" required> <label for="sure" class="inline">${html(words.eraseSure)}</label></p>
<p class="row"><button class="grave">${html(words.erase)}</button></p>`,
  );
  return card(
    'account',
    words.title,
    `<div class="item"><div>${member.isClosed ? '' : `<p class="small">${html(words.closeHint)}</p>`}</div>${toggle}</div>
<div class="item"><div>${erase}</div></div>`,
  );
}
