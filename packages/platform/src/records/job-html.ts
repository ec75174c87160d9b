import { ESCAPES } from '../kernel/escape-html.ts';

/**
 * The few tags a job's texts may hold. Everything else an ATS sends in them is reduced to its text when it is stored, and
 * what is stored is written anew, balanced and escaped, where a page shows it: no markup of others reaches a page.
 */
const ALLOWED = new Set(['b', 'strong', 'u', 'i', 'br', 'p', 'ul', 'li']);
/** Nobody reads what stands inside these. */
const DROPPED = /<(script|style|iframe|object|template|noscript|svg|math)\b[^<>]*>/gi;
const COMMENT = /<!--[\s\S]*?(?:-->|$)|<[!?][^<>]*>/g;
/** Taking a tag out can put another one together; after so many times it is no accident. */
const MOST_PASSES = 4;
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*|\/)?>/g;
const REFERENCE = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});/y;

/** The text with the allowed tags only, without attributes. What holds nothing else comes back as it was. */
export function keepAllowedTags(text: string): string {
  if (!text.includes('<')) return text;
  let kept = text;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const before = kept;
    kept = withoutElements(kept).replace(COMMENT, '').replace(TAG, allowedTag);
    if (kept === before) return kept;
  }
  return kept.replaceAll('<', '');
}

function allowedTag(tag: string, slash: string, name: string): string {
  if (!ALLOWED.has(name.toLowerCase())) return '';
  const isPlain = tag === `<${slash}${name}>` || /^<br ?\/>$/i.test(tag);
  return isPlain ? tag : `<${slash}${name}>`;
}

/** In time linear in the text: an element that is never closed is looked for once. */
function withoutElements(text: string): string {
  const lower = text.toLowerCase();
  const unclosed = new Set<string>();
  let kept = '';
  let at = 0;
  for (const { 0: tag, 1: name = '', index } of text.matchAll(DROPPED)) {
    const element = name.toLowerCase();
    if (index < at || unclosed.has(element)) continue;
    const end = lower.indexOf(`</${element}`, index + tag.length);
    const close = end < 0 ? -1 : lower.indexOf('>', end);
    if (close < 0) {
      unclosed.add(element);
      continue;
    }
    kept += text.slice(at, index);
    at = close + 1;
  }
  return kept + text.slice(at);
}

/** The text without any tag, as one counts its characters. */
export function plainText(text: string): string {
  return keepAllowedTags(text).replace(TAG, ' ').trim();
}

/** Safe HTML of a stored text: allowed tags balanced, everything else escaped. */
export function jobHtml(text: string): string {
  const open: string[] = [];
  let html = '';
  let at = 0;
  const stored = keepAllowedTags(text);
  for (const match of stored.matchAll(TAG)) {
    const [tag, slash, name = ''] = match;
    html += escapeText(stored.slice(at, match.index));
    at = match.index + tag.length;
    const lower = name.toLowerCase();
    if (lower === 'br') html += '<br>';
    else if (slash !== '/') {
      html += `<${lower}>`;
      open.push(lower);
    } else if (open.includes(lower)) {
      for (let inner = open.pop(); inner !== undefined; inner = open.pop()) {
        html += `</${inner}>`;
        if (inner === lower) break;
      }
    }
  }
  html += escapeText(stored.slice(at));
  return (
    html +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join('')
  );
}

/** Character references stay what they are: ATSs send `&amp;` and `&nbsp;` in texts with tags and without. */
function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character, index: number) => {
    REFERENCE.lastIndex = index;
    return character === '&' && REFERENCE.test(text) ? '&' : (ESCAPES[character] ?? character);
  });
}
