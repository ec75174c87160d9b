import type { AttachmentContentType } from '@carrick/protocol';

const PDF = Buffer.from('%PDF-');
const COMPOUND_FILE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const ZIP = Buffer.from('PK\u0003\u0004');
/** The stream that makes a compound file one of Word; its name stands in the directory as UTF-16. */
const WORD_STREAM = Buffer.from('WordDocument', 'utf16le');
const WORD_PART = Buffer.from('word/document');
/** Readers look for a PDF's first line in so many bytes. */
const PDF_HEAD_BYTES = 1024;
// Tab, line feed, form feed, carriage return and escape occur in texts; the others do not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/;

/** What a file is by its content, whatever it is called; null for anything that is not taken. */
export function fileTypeOf(bytes: Buffer): AttachmentContentType | null {
  if (bytes.length === 0) return null;
  if (bytes.subarray(0, PDF_HEAD_BYTES).includes(PDF)) return 'application/pdf';
  if (bytes.subarray(0, COMPOUND_FILE.length).equals(COMPOUND_FILE))
    return bytes.includes(WORD_STREAM) ? 'application/msword' : null;
  if (bytes.subarray(0, ZIP.length).equals(ZIP))
    return bytes.includes(WORD_PART)
      ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
      : null;
  return isText(bytes) ? 'text/plain' : null;
}

function isText(bytes: Buffer): boolean {
  try {
    return !CONTROLS.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return !CONTROLS.test(bytes.toString('latin1')); // an older encoding
  }
}

/** With the encoding of a text, so that a browser need not guess. */
export function mediaTypeOf(type: string, bytes: Buffer): string {
  if (type !== 'text/plain') return type;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'text/plain; charset=utf-8';
  } catch {
    return 'text/plain; charset=windows-1252';
  }
}
