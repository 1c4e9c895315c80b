/** Markdown as people write it, made of trees: the same thing in the several ways that Markdown has for it. For property tests. */
import fc from 'fast-check';

const word = fc.stringMatching(/^[a-zA-Z0-9ü🚦]{1,8}$/u);
/** Texts that mean something in Markdown or in wiki text, escaped where Markdown would read them. */
const odd = fc.constantFrom(
  '\\*', 'a_b', '\\_x\\_', '\\`', '{x}', '\\[x\\]', '(y)', '!', 'hey!', 'a|b', 'x-y', '-', '- b', '\\~~', '^2', '+1', '2 + 2', 'a–b', '--', '?', '??', '#', 'h1.', 'bq.', '{code}', '{noformat}',
  '(/)', '(x)', ':)', 'C:\\\\x', '\\\\\\\\', '&amp;amp;', '&', '&lt;b&gt;', '1. a', '=', '~user', '\\{quote}', '{*}', '{color:red}', '| a', '%20', '$1', '🚦', '*', '_',
); // biome-ignore format: a list
const words = fc
  .array(fc.oneof({ weight: 4, arbitrary: word }, odd), { minLength: 1, maxLength: 5 })
  .map((all) => all.join(' '));
const clean = fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => all.join(' '));

const href = fc.constantFrom('https://example.org', 'https://example.org/a_b?c=d&e=%20#f', 'mailto:a@example.org');

const span = fc.oneof(
  { weight: 4, arbitrary: words },
  fc.tuple(fc.constantFrom('**', '__'), clean).map(([sign, text]) => sign + text + sign),
  fc.tuple(fc.constantFrom('*', '_'), clean).map(([sign, text]) => sign + text + sign),
  clean.map((text) => `~~${text}~~`),
  clean.map((text) => `**a _${text}_ ~~b~~**`),
  fc.constantFrom('x', 'a`b', '{x}', '}}', 'a|b', '*x*', '\\', 'a  b', '[x](y)', '&amp;', '{code}').map((text) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)),
  fc.tuple(words, href).map(([text, address]) => `[x${text.replace(/[[\]\\`]/g, '').trimEnd()}](${address})`),
  fc.tuple(clean, href).map(([text, address]) => `[**${text}** and \`code\`](${address})`),
  fc.tuple(clean, href).map(([text, address]) => `![${text}](${address})`),
  fc.constant('https://example.org/a_b'),
  fc.constant('<https://example.org/c>'),
); // biome-ignore format: a list
const line = fc.array(span, { minLength: 1, maxLength: 4 }).map((spans) => spans.join(' '));
/** A line of a paragraph must not start a block. */
const paragraph = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .chain((lines) =>
    fc.constantFrom('\n', '  \n', '\\\n', '<br>').map((end) => lines.map((one) => `x ${one} x`).join(end)),
  );

const codeText = fc
  .stringMatching(/^[a-z{}|*\\ \n&<#-]{0,30}$/)
  .map((text) => text.trim() || '{code}\n{noformat}\n{quote}');
const code = fc.record({ language: fc.constantFrom('', 'yaml', 'rust', 'c++'), text: codeText, fence: fc.constantFrom('```', '~~~') })
  .map(({ language, text, fence }) => `${fence}${language}\n${text}\n${fence}`); // biome-ignore format: one call

const heading = fc
  .tuple(fc.integer({ min: 1, max: 6 }), line)
  .map(([level, text]) => `${'#'.repeat(level)} x ${text}`.replace(/[\\#\s]+$/, ''));

const table = fc.array(fc.tuple(line, line), { minLength: 2, maxLength: 3 }).map((rows) => {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const [head, ...body] = rows.map(([one, other]) => `| ${cell(one)} | ${cell(other)} |`);
  return [head, '| --- | --- |', ...body].join('\n');
});

const tasks = fc
  .array(fc.tuple(fc.boolean(), line, fc.option(line)), { minLength: 1, maxLength: 3 })
  .map((items) =>
    items
      .map(([done, text, below]) => `- [${done ? 'x' : ' '}] x ${text}${below === null ? '' : `\n  - [ ] x ${below}`}`)
      .join('\n'),
  );

function indented(text: string, width: number): string {
  return text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(width)}`);
}

const list: fc.Arbitrary<string> = fc.letrec<{ list: string }>((tie) => ({
  list: fc
    .record({
      start: fc.constantFrom(undefined, undefined, 1, 3, 10),
      bullet: fc.constantFrom('-', '*', '+'),
      items: fc.array(
        fc.tuple(
          line,
          fc.oneof({ maxDepth: 2, depthSize: 'small' }, fc.constant<string | undefined>(undefined), code, tie('list')),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ start, bullet, items }) =>
      items
        .map(([text, below], index) => {
          const sign = start === undefined ? bullet : `${start + index}.`;
          // only a list that starts at 1 may follow a line directly
          const gap = /^(?!1\.)\d/.test(below ?? '') ? '\n\n' : '\n';
          const more = below === undefined ? '' : gap + below;
          return `${sign} ${indented(`x ${text}${more}`, sign.length + 1)}`;
        })
        .join('\n'),
    ),
})).list;

const quote = fc
  .array(fc.oneof(paragraph, code, list), { minLength: 1, maxLength: 2 })
  .map((blocks) => blocks.join('\n\n').replace(/^/gm, '> '));

const block = fc.oneof(paragraph, paragraph, heading, code, list, tasks, table, quote, fc.constantFrom('---', '***'));

/** A whole text. What it holds is held by ADF and by wiki text, so that nothing of it may be lost. */
export const markdownTexts = fc.array(block, { minLength: 1, maxLength: 4 }).map((blocks) => blocks.join('\n\n'));
