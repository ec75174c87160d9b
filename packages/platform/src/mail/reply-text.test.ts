import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REPLY_MARK, replyTextOf } from './reply-text.ts';

const QUOTED = `> ${REPLY_MARK}\n> Rita asks: are you free?`;

describe('replyTextOf', () => {
  test.each([
    ['nothing quoted', 'Yes, gladly.\n\nRegards\nM', 'Yes, gladly.\n\nRegards\nM'],
    [
      'Gmail',
      `Yes.\r\n\r\nOn Mon, Jan 5, 2026 at 9:00 AM Rita Żak <r@x.example> wrote:\r\n\r\n${QUOTED}`,
      'Yes.',
    ],
    [
      'Gmail, folded',
      `Yes.\n\nOn Mon, Jan 5, 2026 at 9:00 AM Rita Żak (Acme) <replies@x.example>\nwrote:\n\n${QUOTED}`,
      'Yes.',
    ],
    ['Thunderbird in German', `Ja, gern.\n\nAm 05.01.26 um 09:00 schrieb Rita Żak:\n${QUOTED}`, 'Ja, gern.'],
    ['Outlook', 'Fine.\n\n________________________________\nFrom: Rita\nSent: Monday\n\nHello', 'Fine.'],
    ['Outlook without a line', 'Fine.\n\nVon: Rita <r@x.example>\nGesendet: Montag\n\nHallo', 'Fine.'],
    ['Apple Mail', `Ok\n\n> On 5. Jan 2026, at 09:00, Rita wrote:\n> \n${QUOTED}`, 'Ok'],
    ['the mark unquoted', `Ok\n\n${REPLY_MARK}\nRita asks`, 'Ok'],
    ['a signature', 'Ok\n-- \nM. Norris\nCEO', 'Ok'],
    ['written below the quote', `On Mon, Jan 5, 2026 Rita wrote:\n${QUOTED}\n\nYes, at ten.`, 'Yes, at ten.'],
  ])('ML7 %s', (_name, mail, answer) => {
    expect(replyTextOf(mail)).toBe(answer);
  });

  test('ML7 words that look like the beginning of a quote are kept', () => {
    const text = 'On Monday 5 January I am free.\nFrom: nine to five.\nAm Dienstag um 10 Uhr nicht.';
    expect(replyTextOf(text)).toBe(text);
  });

  test('ML7 never longer than what came, whatever came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const answer = replyTextOf(text);
        expect(answer.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
