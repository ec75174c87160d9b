import fc from 'fast-check';
import { expect, test } from 'vitest';
import { htmlToText } from './html-to-text.ts';

test.each([
  ['Status change: <span style="color: #ff6c00;">Contacted</span>', 'Status change: Contacted'],
  ['Called.<br />Will call <b>again</b>&nbsp;soon', 'Called.\nWill call again soon'],
  ['<p>One</p><p>Two</p>', 'One\nTwo'],
  ['<ul><li>Java</li><li>SQL</li></ul>', '- Java\n- SQL'],
  ['<script>alert(1)</script>safe<style>p{}</style>', 'safe'],
  ['Gr&uuml;&szlig;e, caf&eacute;', 'Grüße, café'],
  ['Tom &amp; Jerry &lt;3 &#8364; &#x41; &unknown;', 'Tom & Jerry <3 € A &unknown;'],
  ['5 < 6 and 7 > 3', '5 < 6 and 7 > 3'],
  ['a\r\nb', 'a\nb'],
])('CO3 %j reads as %j', (html, text) => {
  expect(htmlToText(html)).toBe(text);
});

test('CO3 text without markup or entities keeps its words', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[\p{L}\p{N}.,!?]+$/u), { minLength: 1 }), (words) => {
      expect(htmlToText(words.join(' '))).toBe(words.join(' '));
    }),
  );
});
