/** Templates as GitHub, GitLab and Gitea keep them. */
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../../core/yaml/problems.ts';
import { readTemplate, stemOf, titled } from '../../../../src/tracker/templates/template.ts';

const form = (body: string) => readTemplate('.github/ISSUE_TEMPLATE/f.yml', `name: F\nbody:\n${body}`).body;

describe('Markdown', () => {
  test('with front matter gives what stands there, and its text', () => {
    const text =
      '---\nname: Bug report\nabout: x\ntitle: "[Bug] "\nlabels: bug, needs triage\nassignees: ann\ntype: Bug\n---\n\n## Steps\n\n1.\n';
    expect(readTemplate('.github/ISSUE_TEMPLATE/bug_report.md', text)).toEqual({
      name: 'bug_report',
      title: 'Bug report',
      titlePrefix: '[Bug]',
      body: '## Steps\n\n1.',
      labels: ['bug', 'needs triage'],
      assignees: ['ann'],
      type: 'bug',
    });
  });

  test('without is text alone, also where a line is drawn in it', () => {
    expect(readTemplate('.gitlab/issue_templates/Bug.md', 'One\n\n---\n\nTwo\n')).toEqual({
      ...{ name: 'Bug', title: '', titlePrefix: '', labels: [], assignees: [] },
      body: 'One\n\n---\n\nTwo',
    });
  });

  test.each([
    [
      'lists in place of texts',
      '---\nlabels: [a, 2]\nassignees:\n  - ann\n  - bob\n---\nx',
      ['a', '2'],
      ['ann', 'bob'],
    ],
    ['nothing said', '---\nlabels: ""\nassignees:\n---\nx', [], []],
    ['lines of Windows, and a mark of order', '\ufeff---\r\nlabels: a\r\nassignees: b\r\n---\r\nx', ['a'], ['b']],
  ])('has %s', (_, text, labels, assignees) => {
    expect(readTemplate('x.md', text)).toMatchObject({ labels, assignees, body: 'x' });
  });

  test.each([
    ['no YAML', '---\nname: [\n---\nx', /^x\.md:\d+:\d+: /],
    [
      'no names',
      '---\n- a\n---\nx',
      /^x\.md:1:1: A template begins with a mapping of names to values, and this one does not\.$/,
    ],
  ])('whose front matter is %s is refused with its place', (_, text, words) => {
    expect(() => readTemplate('x.md', text)).toThrow(ConfigError);
    expect(() => readTemplate('x.md', text)).toThrow(words);
  });
});

describe('a form', () => {
  test('asks by headings, with what helps out of sight', () => {
    expect(form('  - { type: input, attributes: { label: Version, description: "As --version says" } }')).toBe(
      '### Version\n\n<!-- As --version says -->',
    );
  });

  test('leaves out what is only shown, and what asks for nothing', () => {
    const body = [
      '  - { type: markdown, attributes: { value: Thanks } }',
      '  - { type: input, attributes: { description: none } }',
      '  - { type: input }',
      '  - words',
      '  - { type: textarea, attributes: { label: Steps, value: "1." } }',
    ].join('\n');
    expect(form(body)).toBe('### Steps\n\n1.');
  });

  test('keeps code as code', () => {
    expect(form('  - { type: textarea, attributes: { label: Log, value: "$ x", render: shell } }')).toBe(
      '### Log\n\n```shell\n$ x\n```',
    );
  });

  test('names choices, and has boxes to tick', () => {
    const body = [
      '  - { type: dropdown, attributes: { label: System, options: [Linux, 11] } }',
      '  - { type: checkboxes, attributes: { label: Terms, options: [{ label: I agree }, { label: I have read }] } }',
    ].join('\n');
    expect(form(body)).toBe(
      '### System\n\n<!-- One of: Linux, 11. -->\n\n### Terms\n\n- [ ] I agree\n- [ ] I have read',
    );
  });

  test('cannot end the comment that its hint stands in', () => {
    expect(form('  - { type: input, attributes: { label: A, description: "a --> b" } }')).toBe(
      '### A\n\n<!-- a  b -->',
    );
  });

  test.each(['body: words', 'body:', 'name: x'])('without questions has no text: %s', (text) => {
    expect(readTemplate('f.yaml', text).body).toBe('');
  });
});

test.each([
  ['.github/ISSUE_TEMPLATE/bug.yml', 'bug'],
  ['a/b.c.MD', 'b.c'],
  ['x.markdown', 'x'],
  ['x.YAML', 'x'],
  ['x.txt', 'x.txt'],
])('the name of %s is %s', (file, name) => {
  expect(stemOf(file)).toBe(name);
});

test.each([
  ['[Bug]:', 'It broke', '[Bug]: It broke'],
  ['[Bug]:', '[Bug]: It broke', '[Bug]: It broke'],
  ['', 'It broke', 'It broke'],
])('the prefix “%s” before “%s”', (prefix, title, whole) => {
  expect(titled({ ...readTemplate('x.md', ''), titlePrefix: prefix }, title)).toBe(whole);
});
