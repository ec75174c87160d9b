import { NotRun } from './check.ts';
import type { Hands, RecordPlace } from './hands.ts';
import type { CandidateFields, Step } from './steps.ts';

/** Works the reference ATS over its pages, as a person with a browser does. */
export function referenceHands(base: string, onboard: () => Promise<string>): Hands {
  async function read(path: string): Promise<string> {
    const response = await fetch(`${base}${path}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`the ATS answers ${response.status} to ${path}`);
    return text;
  }

  async function send(path: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const response = await fetch(`${base}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
    if (response.status !== 303) throw new Error(`the ATS answers ${response.status} to the form ${path}`);
  }

  /** The number behind a link whose text is this. */
  async function idIn(path: string, section: string, text: string): Promise<string> {
    const found = ids(await read(path), section, text)[0];
    if (found === undefined) throw new NotRun(`the ATS has no ${section.slice(0, -1)} “${text}”`);
    return found;
  }
  const ids = (page: string, section: string, text: string) =>
    [...page.matchAll(new RegExp(`href="/${section}/([^"?#]+)"[^>]*>([^<]*)</a>`, 'g'))]
      .filter(([, , label = '']) => label.trim() === escaped(text))
      .map(([, id = '']) => id);
  const candidate = (name: string) => idIn(`/candidates?q=${encodeURIComponent(name)}`, 'candidates', name);
  const job = (title: string) => idIn('/jobs?closed=yes', 'jobs', title);

  /** The part of a candidate's interviews page that is one application, and its id. */
  async function application(name: string, title: string): Promise<{ id: string; part: string }> {
    const page = await read(`/candidates/${await candidate(name)}?tab=interviews`);
    const jobId = await job(title);
    const parts = page.split('<section class="box" id="').slice(1);
    const part = parts.find((each) => each.includes(`href="/jobs/${jobId}"`));
    if (part === undefined) throw new NotRun(`${name} has no application for “${title}” in the ATS`);
    return { id: part.slice(0, part.indexOf('"')), part };
  }

  /** Presses the delete buttons of one sort in an application: all, or the last. */
  async function remove(name: string, title: string, sort: string, which: 'all' | 'last'): Promise<void> {
    const { part } = await application(name, title);
    const paths = [
      ...part.matchAll(new RegExp(`action="(/applications/[^"]+/${sort}/[^"]+/delete)"`, 'g')),
    ].map(([, path = '']) => path);
    for (const path of which === 'all' ? paths : paths.slice(-1)) await send(path, {});
  }

  async function option(path: string, label: string): Promise<string> {
    const page = await read(path);
    const value = new RegExp(`<option value="([^"]*)"[^>]*>${escapeRegExp(escaped(label))}</option>`).exec(
      page,
    )?.[1];
    if (value === undefined) throw new NotRun(`the ATS offers no “${label}”`);
    return value;
  }
  async function team(name: string): Promise<string> {
    return option('/jobs', `Only ${name}`);
  }
  /** A user by e-mail: the name stands above it. */
  async function user(email: string): Promise<string> {
    const page = await read('/permissions');
    const name = new RegExp(`<td>([^<]+)<br><span class="soft">${escapeRegExp(escaped(email))}`).exec(
      page,
    )?.[1];
    if (name === undefined) throw new NotRun(`the ATS has no user ${email}`);
    const value = new RegExp(`<option value="([^"]*)"[^>]*>${escapeRegExp(name)}</option>`).exec(page)?.[1];
    return value ?? '';
  }
  /** Whoever comes first in the list of users. */
  async function author(path: string): Promise<string> {
    const list = /<select name="authorId">(.*?)<\/select>/s.exec(await read(path))?.[1] ?? '';
    return /value="([^"]+)"/.exec(list)?.[1] ?? '';
  }

  async function act(step: Step): Promise<void> {
    switch (step.do) {
      case 'ask for the integration':
        return send('/setup/integrations', { integrations: await onboard() });
      case 'bind a user': {
        const row =
          (await read('/permissions')).split('<tr>').find((each) => each.includes(escaped(step.email))) ?? '';
        const [, path, person] = /action="(\/staff\/[^"]+\/bind)">.*?value="([^"]+)"/s.exec(row) ?? [];
        return path !== undefined && person !== undefined ? send(path, { person }) : undefined;
      }
      case 'make a team':
        return send('/teams', { name: step.team });
      case 'add a user to the team':
        return send(`/teams/${await team(step.team)}/join`, { staffId: await user(step.email) });
      case 'remove a user from the team':
        return send(`/teams/${await team(step.team)}/${await user(step.email)}/leave`, {});
      case 'open a job':
        return send('/jobs', {
          title: step.title,
          description: `${step.title}: somebody who plans the week, keeps the promises of the house and enjoys the company of people who do the same.`,
          location: 'Hamburg, Germany',
          isPublic: step.isPublic ? 'yes' : 'no',
          teamId: step.team === null ? '' : await team(step.team),
        });
      case 'rename a job': {
        const id = await job(step.title);
        const page = await read(`/jobs/${id}`);
        const teamId = /<select name="teamId">.*?<option value="([^"]*)" selected/s.exec(page)?.[1] ?? '';
        return send(`/jobs/${id}`, {
          title: step.to,
          description: `${step.to}: somebody who plans the week, keeps the promises of the house and enjoys the company of people who do the same.`,
          location: 'Hamburg, Germany',
          isPublic: 'no',
          teamId,
        });
      }
      case 'close a job':
        return send(`/jobs/${await job(step.title)}/close`, {});
      case 'add a candidate':
        return send('/candidates', fieldsOf(step.candidate));
      case 'change a candidate':
        return send(`/candidates/${await candidate(step.name)}`, fieldsOf(step.candidate));
      case 'delete a candidate':
        return send(`/candidates/${await candidate(step.name)}/delete`, {});
      case 'add a candidate note': {
        const path = `/candidates/${await candidate(step.name)}`;
        return send(`${path}/notes`, { note: step.text, authorId: await author(`${path}?tab=discussions`) });
      }
      case 'change a candidate note': {
        const page = await read(`/candidates/${await candidate(step.name)}?tab=discussions`);
        const part =
          page
            .split('action="/notes/')
            .slice(1)
            .find((each) => each.includes(escaped(step.text))) ?? '';
        return send(`/notes/${part.slice(0, part.indexOf('"'))}`, { note: step.to });
      }
      case 'delete the candidate notes': {
        const page = await read(`/candidates/${await candidate(step.name)}?tab=discussions`);
        for (const [, path = ''] of page.matchAll(/action="(\/notes\/[^"]+\/delete)"/g)) await send(path, {});
        return;
      }
      case 'put forward':
        return send(`/candidates/${await candidate(step.name)}/apply`, {
          jobId: await job(step.job),
          source: 'Referral',
        });
      case 'move':
        return send(`/applications/${(await application(step.name, step.job)).id}/move`, {
          stage: step.stage,
          reason: step.reason ?? '',
        });
      case 'add an application note':
      case 'add interview feedback': {
        const { id } = await application(step.name, step.job);
        const authorId = await author(`/candidates/${await candidate(step.name)}?tab=interviews`);
        return step.do === 'add an application note'
          ? send(`/applications/${id}/notes`, { note: step.text, authorId })
          : send(`/applications/${id}/feedback`, {
              text: step.text,
              authorId,
              kind: 'ONSITE',
              attribute: 'Craft',
              result: 'Strong',
            });
      }
      case 'delete the application notes':
        return remove(step.name, step.job, 'note', 'all');
      case 'delete the newest stage':
        return remove(step.name, step.job, 'stage', 'last');
      case 'delete the feedback':
        return remove(step.name, step.job, 'feedback', 'all');
      case 'delete the application':
        return send(`/applications/${(await application(step.name, step.job)).id}/delete`, {});
    }
  }

  return {
    act,
    async settle() {
      await send('/setup/sync', {});
      return 'go on';
    },
    patience: 12,
    async sees(name: string, place: RecordPlace, texts) {
      const [id] = ids(await read(`/candidates?q=${encodeURIComponent(name)}`), 'candidates', name);
      if (id === undefined) return false;
      const page = await read(`/candidates/${id}?tab=${place}`);
      return texts.every((text) => page.includes(escaped(text)));
    },
    async hasRecords(name, count) {
      return (
        ids(await read(`/candidates?q=${encodeURIComponent(name)}`), 'candidates', name).length === count
      );
    },
    async setupShows(texts) {
      const page = await read('/setup');
      return texts.every((text) => page.includes(escaped(text)));
    },
    async count(kind) {
      return Number(new RegExp(`data-count="${kind}">(\\d+)<`).exec(await read('/setup'))?.[1]);
    },
    async source(page) {
      return read(page === 'setup' ? '/setup' : `/candidates/${await candidate(page.candidate)}`);
    },
  };
}

const fieldsOf = (fields: CandidateFields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value ?? '']));

/** As a page writes it. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
