import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEpicFile } from '../../../core/epics/read-epics.ts';
import { valuesOfSection, valuesOfSubtask } from '../../../core/epics/values.ts';
import { issueInBlock, type Source, withTrackerBlocks } from '../../../src/epic/tracker-block.ts';

const NOW = Date.UTC(2026, 2, 1, 10, 30);
const EPIC = `# 🚀 Sign in

Some words.

### ✅ US-001: Log in

| Field | Value |
| --- | --- |
| **Story Points** | 3 |

**As a** user
**I want** to log in
**So that** I see mine

#### Subtasks

| # | Subtask | SP |
| --- | --- | --- |
| 1 | Form | 1 |
| 2 | Session | 2 |

### US-002: Log out
> **Status**: Done
Text right below.
`;

function source(inStep: Record<string, string>, now = NOW): Source {
  const all = Object.entries(inStep).map(
    ([own, key]) => [own, { key, url: `https://example.org/browse/${key}`, isLeft: false }] as const,
  );
  return { tracker: 'Jira', now, inStep: new Map(all) };
}

const write = (text: string, from: Source) => withTrackerBlocks({ path: 'EPIC.md', text }, from);

test('a block stands below the head of what is in step', () => {
  const text = write(EPIC, source({ 'US-001': 'OWL-2', 'US-002': 'OWL-3' }));
  expect(text).toContain(`| **Story Points** | 3 |

> **Tracker**: Jira
> **Issue**: [OWL-2](https://example.org/browse/OWL-2)
> **Last Synced**: 2026-03-01 10:30 UTC
> **Sync Status**: ✅ Synced
> **Content Hash**: \``);
  expect(text).toMatch(/> \*\*Status\*\*: Done\n\n> \*\*Tracker\*\*: Jira\n(?:> .*\n){4}\nText right below\.\n$/);
});

test('it is written anew when the story says something else, and stays when it is as it was', () => {
  const inStep = { 'US-001': 'OWL-2', 'US-002': 'OWL-3' };
  const first = write(EPIC, source(inStep));
  expect(write(first, source(inStep, NOW + 60_000_000))).toBe(first);
  const changed = first.replace('to log in', 'to sign in');
  const second = write(changed, source(inStep, NOW + 24 * 60 * 60_000));
  expect(second.match(/Last Synced\*\*: [\d-]+/g)).toEqual(['Last Synced**: 2026-03-02', 'Last Synced**: 2026-03-01']);
  expect(second.split('\n')).toHaveLength(changed.split('\n').length);
});

test('a row gets the key that it goes by, and keeps it when it is called otherwise', () => {
  const [story] = readEpicFile({ path: 'EPIC.md', text: EPIC }).sections.filter(({ kind }) => kind === 'story');
  const keys = story?.subtasks.map(({ key }) => key) ?? [];
  const text = write(EPIC, source(Object.fromEntries(keys.map((key, at) => [key, `OWL-${at}`]))));
  const renamed = readEpicFile({ path: 'EPIC.md', text: text.replace('| Form ', '| The form ') });
  const found = renamed.sections.flatMap(({ subtasks }) => subtasks);
  expect(found.map(({ key }) => key)).toEqual(keys);
  expect(found.map((one) => valuesOfSubtask(one).title)).toEqual(['The form', 'Session']);
});

test.each([
  ['> **Tracker**: Jira\n> **Issue**: [OWL-2](https://example.org/browse/OWL-2)', 'OWL-2'],
  ['> **Tracker**: Jira\n> **Issue**: OWL-2', 'OWL-2'],
  ['> **Tracker**: GitHub\n> **Issue**: [OWL-2](https://example.org/browse/OWL-2)', undefined],
  ['> **Tracker**: Jira', undefined],
])('the issue that a block names is read: %j', (block, key) => {
  const file = readEpicFile({ path: 'EPIC.md', text: `# E\n\n### US-001: One\n\n${block}\n\nText.\n` });
  const story = file.sections.find(({ kind }) => kind === 'story');
  expect(story && issueInBlock(story, (name) => name === 'Jira')).toBe(key);
});

test('whatever the file is, its issues say the same afterwards, and its own lines stay', () => {
  const line = fc.constantFrom(
    ...['', 'Text.', '> quote', '```', '| a | b |', '- [ ] Do it', '**Status**: Done', '> **Priority**: High'],
    ...[
      '### US-003: Three',
      '#### Subtasks',
      '#### Notes',
      '<!-- x -->',
      '| # | Subtask |',
      '| --- | --- |',
      '| 1 | Row |',
    ],
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), (lines, eol) => {
      const text = ['# Epic', '### US-001: One', ...lines, '### US-002: Two', ...lines].join(eol);
      const before = readEpicFile({ path: 'E.md', text });
      const said = (given: typeof before) =>
        given.sections.map((one) => [one.key, valuesOfSection(one), one.subtasks.map(valuesOfSubtask)]);
      const inStep = Object.fromEntries(before.sections.map(({ key }) => [key, 'OWL-1']));
      const after = withTrackerBlocks({ path: 'E.md', text }, source(inStep));
      expect(said(readEpicFile({ path: 'E.md', text: after }))).toEqual(said(before));
      expect(withTrackerBlocks({ path: 'E.md', text: after }, source(inStep, NOW + 1e9))).toBe(after);
      const own = after.split(eol);
      let at = 0;
      for (const one of text.split(eol)) at = own.indexOf(one, at) + 1 || Number.NaN;
      expect(at).not.toBeNaN();
    }),
  );
});
