import { foldForSearch } from '../members/index.ts';

const MAX_CHARACTERS = 500;
const MAX_TERMS = 40;
const TOKEN = /"([^"]*)"?|\(|\)|-(?=[^\s()])|[^\s()"]+/gu;

type Token =
  | { readonly kind: 'term'; readonly text: string; readonly isPrefix: boolean }
  | { readonly kind: '(' | ')' | 'and' | 'or' | 'not' };

/**
 * What people type, as text for to_tsquery('simple', …): words are AND-ed; `OR`, `NOT`, `-`, parentheses and "phrases" mean
 * what they mean elsewhere; the last word, while it is being typed, also finds longer ones. Nothing is a syntax error: what
 * does not fit is left out. Null when there is nothing to search for.
 */
export function parseKeywords(q: string): string | null {
  const tokens = readTokens(q.slice(0, MAX_CHARACTERS));
  let at = 0;

  function either(): string | null {
    const parts = [all()];
    while (tokens[at]?.kind === 'or') {
      at++;
      parts.push(all());
    }
    return join(parts, ' | ');
  }

  function all(): string | null {
    const parts: (string | null)[] = [];
    for (let token = tokens[at]; token && token.kind !== 'or' && token.kind !== ')'; token = tokens[at]) {
      if (token.kind === 'and') at++;
      else parts.push(one());
    }
    return join(parts, ' & ');
  }

  function one(): string | null {
    const token = tokens[at++];
    switch (token?.kind) {
      case 'not': {
        const denied = tokens[at] ? one() : null;
        return denied && `!${denied}`;
      }
      case '(': {
        const inner = either();
        if (tokens[at]?.kind === ')') at++;
        return inner;
      }
      case 'term':
        return lexemes(token.text, token.isPrefix);
      default:
        return null; // an operator that has nothing to stand between
    }
  }

  const parts: (string | null)[] = [];
  while (at < tokens.length) {
    parts.push(either());
    if (tokens[at]?.kind === ')') at++;
  }
  return join(parts, ' & ');
}

function readTokens(q: string): Token[] {
  const tokens = [...q.matchAll(TOKEN)].slice(0, MAX_TERMS).flatMap((match): Token[] => {
    const [text, phrase] = match;
    const isLast = match.index + text.length === q.length;
    if (phrase !== undefined) return term(phrase, false);
    switch (text) {
      case '(':
      case ')':
        return [{ kind: text }];
      case '-':
      case 'NOT':
        return [{ kind: 'not' }];
      case 'OR':
        return [{ kind: 'or' }];
      case 'AND':
        return [{ kind: 'and' }];
      default:
        return term(text, isLast);
    }
  });
  return tokens;
}

function term(text: string, isPrefix: boolean): Token[] {
  return /[\p{L}\p{N}]/u.test(text) ? [{ kind: 'term', text, isPrefix }] : [];
}

/** As written, and in plain Latin letters where that differs: the search document holds both. */
function lexemes(text: string, isPrefix: boolean): string {
  const folded = foldForSearch(text);
  const forms = folded === text.toLowerCase() || !/[a-z0-9]/.test(folded) ? [text] : [text, folded];
  const quoted = forms.map((form) => `'${form.replaceAll(/[\\']/g, '\\$&')}'${isPrefix ? ':*' : ''}`);
  return quoted.length === 1 ? (quoted[0] ?? '') : `(${quoted.join(' | ')})`;
}

function join(parts: readonly (string | null)[], operator: string): string | null {
  const given = parts.filter((part) => part !== null && part !== '');
  if (given.length <= 1) return given[0] ?? null;
  return `(${given.join(operator)})`;
}
