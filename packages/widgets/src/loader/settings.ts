/** What stands as text in the loader's own tag. */
export interface Settings {
  api_key?: string;
  extensions?: string;
  lang?: string;
  /** Names of functions to call when the loader is there. */
  onload?: string;
}

const LINE = /^\s*(\w+)\s*:\s*(.*?)\s*[,;]?\s*$/;
const QUOTED = /^(["'])(.*)\1$/;
const KNOWN = ['api_key', 'extensions', 'lang', 'onload'] as const;

/** `name: value` a line, names in any case, one pair of quotes around a value removed; the later of two wins. */
export function readSettings(text: string): Settings {
  const settings: Settings = {};
  for (const line of text.split(/[\r\n]+/)) {
    const [, name = '', value = ''] = LINE.exec(line) ?? [];
    const known = KNOWN.find((each) => each === name.toLowerCase());
    if (known) settings[known] = value.replace(QUOTED, '$2');
  }
  return settings;
}

/** The names in `Name@URL, Name@URL`. The addresses are never asked for: what they name is in this loader. */
export function extensionNames({ extensions = '' }: Settings): string[] {
  return extensions
    .split(',')
    .map((each) => each.replace(/@.*/, '').trim())
    .filter(Boolean);
}

/** The key, unless it is missing or still the sample's placeholder. */
export function keyOf({ api_key: key = '' }: Settings): string | null {
  return /^[\w-]+$/.test(key) ? key : null;
}
