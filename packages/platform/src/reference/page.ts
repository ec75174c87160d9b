import {
  ERRORS,
  type ErrorDefinition,
  encodeBatchIds,
  encodeBodyKey,
  encodePathKey,
  exampleKey,
  RESOURCES,
  type ResourceDefinition,
} from '@carrick/protocol';
import { escapeHtml } from '../kernel/escape-html.ts';
import { type ApiResource, apiResources } from './api-resources.ts';
import { exampleOf } from './example.ts';
import { quotaText } from './openapi.ts';
import { fieldRows, keyText, kindPages, RULES_ACROSS_FIELDS, requiredText } from './required-fields.ts';
import { STYLE } from './style.ts';

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;
const anchor = (address: string): string => address.replaceAll('/', '-');

/** `/docs/api`: every resource with its methods, limits, fields and a request to copy. `origin` stands in the examples. */
export function apiPage(origin: string): string {
  const resources = apiResources();
  const index = resources.map(
    ({ address }) => `<li><a href="#${anchor(address)}">${escapeHtml(address)}</a></li>`,
  );
  return document(
    'API',
    `<p>Records of an applicant tracking system over Rest.li, in protocol 1.0.0 and 2.0.0. The same for programs:
<a href="/openapi.json">OpenAPI 3.1</a>, <a href="/docs/postman.json">Postman collection</a>. See also <a href="/docs/required-fields">required fields</a>.</p>
<nav aria-label="Resources"><ul>${index.join('')}</ul></nav>`,
    `<h2>Begin</h2><section><p>Get a token; it is good for half an hour and any number of calls.</p>
<pre>${escapeHtml(tokenCommand(origin))}</pre>
<p>A batch answers 200 with ${code('results')} and ${code('errors')} by key; each record stands for itself. A query over 4 KB travels in the body: POST with ${code('X-HTTP-Method-Override')}.
Keep the ${code('x-li-uuid')} of an answer: the request log finds it.</p></section>
<h2>Resources</h2>${resources.map((resource) => resourceSection(resource, origin)).join('\n')}
<h2 id="errors">Errors</h2><section>${errorTable()}</section>`,
  );
}

/** `/docs/required-fields` */
export function requiredFieldsPage(): string {
  const sections = kindPages().map((page) => {
    const { kind, title, v2, rest } = page;
    const rules = (RULES_ACROSS_FIELDS[kind] ?? []).map((rule) => `<li>${escapeHtml(rule)}</li>`);
    const keys = [v2, rest].flatMap((each) =>
      each ? [`<p>${code(each.address)}: key of ${escapeHtml(keyText(each))}</p>`] : [],
    );
    const rows = fieldRows(page).map(
      ({ name, restName, type, isRequired, rule }) =>
        `<tr${name.includes('/') ? '' : ` id="${kind}-${name}"`}><td>${restName === name ? 'none' : code(name)}</td><td>${requiredText(name, isRequired)}</td><td>${type}</td><td>${escapeHtml(rule)}</td><td>${restName === null ? '' : code(restName)}</td></tr>`,
    );
    const table =
      rows.length === 0
        ? `<p>No fields beyond the key: the value is ${code('{}')}.</p>`
        : `<div class="scroll"><table><thead><tr><th scope="col">Field</th><th scope="col">Required</th><th scope="col">Type</th><th scope="col">Rule</th><th scope="col">Under /rest</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
    return `<section><h2 id="${kind}">${escapeHtml(title)}</h2>${keys.join('')}${table}${rules.length === 0 ? '' : `<ul>${rules.join('')}</ul>`}</section>`;
  });
  return document(
    'Required fields',
    `<p><a href="/docs/api">API</a></p><p>A record that lacks a required field answers 422 by itself and names the field; its neighbours are stored. An omitted optional field means null: a PUT replaces.</p>`,
    sections.join('\n'),
  );
}

function resourceSection(resource: ApiResource, origin: string): string {
  const { definition, address, fields } = resource;
  const methods = definition.methods.map(code).join(', ');
  const named = [
    ...(definition.finders ?? []).map((name) => `q=${name}`),
    ...(definition.actions ?? []).map((name) => `action=${name}`),
  ].map(code);
  const table =
    fields.length === 0
      ? ''
      : `<details><summary>Fields</summary><div class="scroll"><table><thead><tr><th scope="col">Field</th><th scope="col">Required</th><th scope="col">Type</th><th scope="col">Rule</th></tr></thead><tbody>${fields
          .map(
            ({ name, type, isRequired, rule }) =>
              `<tr><td>${code(name)}</td><td>${requiredText(name, isRequired)}</td><td>${type}</td><td>${escapeHtml(rule)}</td></tr>`,
          )
          .join('')}</tbody></table></div></details>`;
  const command = exampleCommand(resource, origin);
  return `<section><h3 id="${anchor(address)}">${escapeHtml(resource.path)}</h3>
<p>${methods}${named.length === 0 ? '' : `, ${named.join(', ')}`}. Key of ${escapeHtml(keyText(resource))}. <span class="quiet">${escapeHtml(quotaText(address))}</span></p>
${table}${command === null ? '' : `<details><summary>Example</summary><pre>${escapeHtml(command)}</pre></details>`}</section>`;
}

function tokenCommand(origin: string): string {
  return [
    `curl ${origin}/oauth/v2/accessToken -d grant_type=client_credentials`,
    '  -d client_id="$CLIENT_ID" -d client_secret="$CLIENT_SECRET"',
  ].join(' \\\n');
}

/** A write of the record shown, in protocol 1.0.0. */
function exampleCommand(resource: ApiResource, origin: string): string | null {
  const { definition, base, schema } = resource;
  if (!schema) return null;
  const example = exampleOf(resource);
  const isPosting = definition.methods.includes('batch_create');
  const key = exampleKey(definition);
  const query = isPosting ? '' : `?${encodeBatchIds([key], definition.key, '1.0.0')}`;
  const body = isPosting
    ? { elements: [example] }
    : { entities: { [encodeBodyKey(key, definition.key, '1.0.0')]: example } };
  const lines = [
    `curl -g -X ${isPosting ? 'POST' : 'PUT'} '${origin}${pathOf(resource)}${query}'`,
    `  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json'`,
    `  -H 'X-RestLi-Method: ${isPosting ? 'batch_create' : 'batch_update'}'${base === 'rest' ? ` -H 'LinkedIn-Version: 202602'` : ''}`,
    `  -d '${JSON.stringify(body, null, 2).replaceAll("'", `'\\''`)}'`,
  ];
  return lines.join(' \\\n');
}

/** The path with the key of the example's parent. */
function pathOf({ definition, path }: ApiResource): string {
  const parents: readonly ResourceDefinition[] = RESOURCES;
  const parent = parents.find(({ name, parent: above }) => above === undefined && name === definition.parent);
  return parent ? path.replace('{parentKey}', encodePathKey(exampleKey(parent), parent.key, '1.0.0')) : path;
}

function errorTable(): string {
  const rows = Object.entries<ErrorDefinition>(ERRORS).map(
    ([name, { status, serviceErrorCode, retry, message }]) =>
      `<tr id="error-${name}"><td>${status}</td><td>${code(name)}</td><td>${serviceErrorCode}</td><td>${escapeHtml(message)}</td><td>${retry.replaceAll('-', ' ')}</td></tr>`,
  );
  return `<div class="scroll"><table><thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">serviceErrorCode</th><th scope="col">Message</th><th scope="col">Try again</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function document(title: string, introduction: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Carrick</title><style>${STYLE}</style></head>
<body><a class="skip" href="#main">Skip to content</a><header><h1>${escapeHtml(title)}</h1>${introduction}</header>
<main id="main">${body}</main>
<footer class="quiet"><p>Written out of the tables that the server works with.</p></footer></body></html>
`;
}
