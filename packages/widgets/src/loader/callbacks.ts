import { note } from './problem.ts';

const PATH = /^[a-z_$][\w$]*(\.[a-z_$][\w$]*)*$/i;
/** Functions of every page that take text for code. */
const NEVER = ['eval', 'Function', 'setTimeout', 'setInterval'];

/**
 * Calls the functions of the page that `names` lists (`handleLink, app.links.add`), each in a task of its own: an exception is
 * the page's, and reported as one. Found when they are needed, because pages define them below their tags; by their own
 * properties only, and nothing is evaluated.
 */
export function callAll(names = '', ...given: unknown[]): void {
  for (const name of names.split(',')) {
    const path = name.trim();
    if (path === '') continue;
    const [owner, call] = find(path);
    if (typeof call === 'function') setTimeout(() => call.apply(owner, given));
    else note(`no function ${path} on this page`);
  }
}

/** The function with whom it belongs to; nothing where the path leads nowhere. */
function find(path: string): [owner?: unknown, value?: unknown] {
  let found: [unknown?, unknown?] = [undefined, window];
  if (!PATH.test(path) || NEVER.includes(path)) return [];
  for (const name of path.split('.')) {
    const owner = Object(found[1]);
    if (!Object.hasOwn(owner, name)) return [];
    found = [owner, owner[name]];
  }
  return found;
}
