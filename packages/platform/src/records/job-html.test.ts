import { expect, it } from 'vitest';
import { escapeHtml } from '../kernel/escape-html.ts';
import { jobHtml, keepAllowedTags, plainText } from './job-html.ts';

it.each([
  'Plain text, 5 < 6 & so on',
  '<p>We build <b>bridges</b>.</p><ul><li>one<li>two</ul>',
  'Line<br>break<br/>and<br />so on',
])('SY35 %j is kept as it is', (text) => {
  expect(keepAllowedTags(text)).toBe(text);
});

it.each([
  ['<h1>Title</h1><div class="x">Text</div>', 'TitleText'],
  ['<p style="color:red" onclick=alert(1)>Text</p>', '<p>Text</p>'],
  ['a<script>alert(1)</script>b<STYLE>x{}</style >c', 'abc'],
  ['a<!-- secret -->b<!doctype html>c', 'abc'],
  ['<scr<script></script>ipt>alert(1)</script>', 'alert(1)'],
  ['<a href="javascript:x">here</a>', 'here'],
])('SY35 %j is reduced to %j', (text, kept) => {
  expect(keepAllowedTags(text)).toBe(kept);
});

it('SY35 a hostile text costs time linear in its length', () => {
  const startedAt = performance.now();
  for (const text of ['<script>', '<<x>x>', '<!', '<!--', '<b ', '<'])
    keepAllowedTags(text.repeat(Math.floor(25_000 / text.length)));
  keepAllowedTags(`${'<'.repeat(6_000)}${'x>'.repeat(6_000)}`);
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});

it.each([
  ['5 < 6 & "so"', '5 &lt; 6 &amp; &quot;so&quot;'],
  ['<b>bold', '<b>bold</b>'],
  ['</p>text<p>more<i>x</p>y', 'text<p>more<i>x</i></p>y'],
  ['R&amp;D &nbsp; &bogus', 'R&amp;D &nbsp; &amp;bogus'],
  ['<img src=x onerror=alert(1)>x', 'x'],
  ['<b/onmouseover=alert(1)>x', '&lt;b/onmouseover=alert(1)&gt;x'],
])('SY36 %j is shown as %j', (text, html) => {
  expect(jobHtml(text)).toBe(html);
});

it('SY36 escapes for text and attributes; counts characters without tags', () => {
  expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
  expect(plainText('<p>ab</p><h1>c</h1>')).toBe('ab c');
});
