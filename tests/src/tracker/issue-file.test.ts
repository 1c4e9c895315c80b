/** Files of many issues: what they may say, and every mistake with its place. */
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../core/yaml/problems.ts';
import { readIssueFile } from '../../../src/tracker/issue-file.ts';

const mistakes = (text: string): string[] => {
  try {
    readIssueFile('plan.yaml', text);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
};

test('every field is read', () => {
  const text = `
- id: api
  title: " API "
  body: Text
  state: in_progress
  type: Task
  priority: high
  labels: [a, b]
  assignees: ann
  milestone: v1
  parent: 12
  points: 0.5
  due: 2026-12-24
  metadata: { step: 1 }
  links: { blocks: [ui, 3], relates-to: 4, is blocked by: 5 }
- title: UI
  id: ui
  description: Other words
`;
  expect(readIssueFile('plan.yaml', text)).toEqual([
    {
      id: 'api',
      change: {
        ...{ title: 'API', body: 'Text', labels: ['a', 'b'], assignees: ['ann'] },
        values: {
          ...{ state: 'in_progress', type: 'task', priority: 1, milestone: 'v1', storyPoints: 0.5 },
          ...{ dueDate: '2026-12-24', metadata: { step: 1 } },
        },
      },
      parent: '12',
      links: [
        { type: 'blocks', target: 'ui' },
        { type: 'blocks', target: '3' },
        { type: 'relates to', target: '4' },
        { type: 'is blocked by', target: '5' },
      ],
    },
    {
      id: 'ui',
      change: { title: 'UI', body: 'Other words', values: {}, labels: undefined, assignees: undefined },
      links: [],
    },
  ]);
});

test.each([
  ['JSON', '[{"title":"x","priority":0}]'],
  ['a list under `issues`', 'issues:\n  - title: x\n    priority: critical\n'],
])('%s is a file, too', (_, text) => {
  expect(readIssueFile('x', text)).toMatchObject([
    { id: '', change: { title: 'x', values: { priority: 0 } }, links: [] },
  ]);
});

describe('is refused', () => {
  test('with all mistakes at once', () => {
    const text = '- titel: x\n- title: ""\n  priority: soon\n  due: tomorrow\n- title: y\n  links: { block: 1 }\n';
    expect(mistakes(text)).toEqual([
      expect.stringMatching(/^plan\.yaml:1:3: `title` is missing/),
      expect.stringMatching(/^plan\.yaml:1:3: Unknown key `titel`.*Did you mean "title"\?$/),
      expect.stringMatching(/^plan\.yaml:2:10: /),
      expect.stringMatching(/^plan\.yaml:3:13: .*"soon"\.$/),
      expect.stringMatching(/^plan\.yaml:4:8: .*"tomorrow"\.$/),
      expect.stringMatching(/^plan\.yaml:6:12: Unknown key `block`/),
    ]);
  });

  test.each([
    ['', /must have at least 1 item|must be/],
    ['title: x', /^plan\.yaml:1:1: .*issues/],
    ['- [', /^plan\.yaml:1:\d+: /],
  ])('where it is no list: %j', (text, words) => {
    expect(mistakes(text).join('\n')).toMatch(words);
  });

  test('where one id is that of two', () => {
    expect(mistakes('- { title: x, id: a }\n- { title: y, id: a }\n')).toEqual([
      'plan.yaml:2:19: The id “a” is that of issue 1 of the file, too. Please give it another one.',
    ]);
  });

  test('where an issue has its text twice', () => {
    expect(mistakes('- { title: x, body: a, description: b }\n')).toEqual([
      'plan.yaml:1:37: The text is given twice. Please keep `body` or `description`.',
    ]);
  });

  test('where an issue would stand above itself, or beside', () => {
    const text =
      '- { title: x, id: a, parent: b }\n- { title: y, id: b, parent: a }\n- { title: z, id: c, links: { blocks: c } }\n';
    expect(mistakes(text)).toEqual([
      'plan.yaml:1:30: “a” would stand above itself. Please give one of them another parent.',
      'plan.yaml:2:30: “b” would stand above itself. Please give one of them another parent.',
      'plan.yaml:3:29: “c” cannot be linked to itself. Please name another issue.',
    ]);
  });

  test('but not for a circle that it only hangs below', () => {
    const text = '- { title: x, id: a, parent: a }\n- { title: y, id: b, parent: a }\n';
    expect(mistakes(text)).toEqual([expect.stringContaining('“a” would stand above itself.')]);
  });

  test('where issues would wait for each other in a circle', () => {
    const text = `
- { title: x, id: a, links: { depends-on: b } }
- { title: y, id: b, links: { is-blocked-by: c, relates-to: a } }
- { title: z, id: c, links: { is-blocked-by: a } }
- { title: w, id: d, links: { depends-on: a, discovered-from: c } }
`;
    const words = 'would wait for itself, by way of others. Please leave one of these links out.';
    expect(mistakes(text)).toEqual([
      `plan.yaml:2:29: “a” ${words}`,
      `plan.yaml:3:29: “b” ${words}`,
      `plan.yaml:4:29: “c” ${words}`,
    ]);
    expect(
      mistakes('- { title: x, id: a, links: { blocks: b } }\n- { title: y, id: b, links: { depends-on: a } }\n'),
    ).toEqual([]);
  });

  test('where one would be taken for an issue of the gate', () => {
    expect(
      mistakes('- { title: x, metadata: { pace: { kind: escalation } } }\n- { title: y, metadata: { paces: 1 } }\n'),
    ).toEqual(['plan.yaml:1:25: The key “pace” is kept by the gate itself. Please give it another name.']);
  });
});

test.each(['', '[]\n', '# nothing yet\n'])('a file without issues, %j, is told so', (content) => {
  expect(() => readIssueFile('plan.yaml', content)).toThrow('plan.yaml:1:1: The file must have at least 1 item.');
});
