import { expect, it } from 'vitest';
import { fileTypeOf, mediaTypeOf } from './file-type.ts';

const DOC = Buffer.concat([
  Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  Buffer.alloc(512),
  Buffer.from('WordDocument', 'utf16le'),
]);
const docx = (part: string) => Buffer.from(`PK\u0003\u0004\u0014${part}PK\u0001\u0002`);

it.each<[string, Buffer, string | null]>([
  ['a PDF', Buffer.from('%PDF-1.7\n\u0000'), 'application/pdf'],
  ['a PDF behind a mark', Buffer.from('\uFEFF\n%PDF-1.4'), 'application/pdf'],
  ['an old Word document', DOC, 'application/msword'],
  [
    'a new Word document',
    docx('word/document.xml'),
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['a text', Buffer.from('Résumé\r\n\tof Ada'), 'text/plain'],
  ['a text in an older encoding', Buffer.from('Résumé', 'latin1'), 'text/plain'],
  ['another compound file', DOC.subarray(0, 512), null],
  ['another archive', docx('xl/workbook.xml'), null],
  ['a program', Buffer.from('\u007fELF\u0002\u0001\u0001\u0000'), null],
  ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), null],
  ['nothing', Buffer.alloc(0), null],
])('SY42 %s is told by its content', (_, bytes, type) => {
  expect(fileTypeOf(bytes)).toBe(type);
});

it('SY42 a text is sent with its encoding', () => {
  expect(mediaTypeOf('text/plain', Buffer.from('é'))).toBe('text/plain; charset=utf-8');
  expect(mediaTypeOf('text/plain', Buffer.from('é', 'latin1'))).toBe('text/plain; charset=windows-1252');
  expect(mediaTypeOf('application/pdf', Buffer.from('é'))).toBe('application/pdf');
});
