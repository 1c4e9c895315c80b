import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edited } from '../../../core/drivers/documents/edits.ts';
import { readFrontMatter, withKey } from '../../../core/spec-kitty/front-matter.ts';
import { missionFolderOf, readMission, subtaskTexts } from '../../../core/spec-kitty/mission.ts';
import {
  headlineEdit,
  readWorkPackage,
  type WorkPackageFile,
  withBody,
} from '../../../core/spec-kitty/work-package.ts';
import { sampleText } from './samples.ts';

const NAME = 'WP01-note-a-call.md';

function fileOf(text: string, name = NAME): WorkPackageFile {
  const read = readWorkPackage(name, text);
  if ('message' in read) throw new Error(read.message);
  return read;
}

const ONE = sampleText('ended', `tasks/${NAME}`);

describe('the file of a work package', () => {
  it('is read as Spec Kitty writes it, with the `!!omap` of its history', () => {
    expect(fileOf(ONE)).toMatchObject({
      ...{ id: 'WP01', title: 'Note a call', subtasks: ['T001', 'T002'], dependencies: [], tags: [] },
      body: '## Objective\n\nOne command writes one call of an owl to the log.',
      activity: '- 2026-11-30T03:10:00Z – system – Prompt written',
    });
    expect(fileOf(sampleText('planned', 'tasks/WP02-list-calls.md'), 'WP02-list-calls.md').dependencies).toEqual([
      'WP01',
    ]);
  });

  it('is read where it is old: lists as texts, another name of the title, none at all', () => {
    const old =
      '---\nwork_package_id: WP07\nwork_package_title: Old\ndependencies: "WP01, WP02"\nlane: doing\n---\nText\n';
    expect(fileOf(old)).toMatchObject({ id: 'WP07', title: 'Old', dependencies: ['WP01', 'WP02'], body: 'Text' });
    expect(fileOf('---\n---\n# Work Package Prompt: WP09 - From the headline\n', 'WP09.md')).toMatchObject({
      ...{ id: 'WP09', title: 'From the headline', body: '' },
    });
  });

  it.each([
    ['no front matter', '# Hello\n', 1],
    ['one that does not end', '---\ntitle: x\n', 1],
    ['a key that stands twice', '---\nwork_package_id: WP01\ntitle: x\ntitle: y\n---\n', 4],
    ['no mapping', '---\n- a\n---\n', 2],
    ['an id that is none', '---\nwork_package_id: 1\n---\n', 2],
  ])('is told with its line where it has %s', (_, text, line) => {
    expect(readWorkPackage('x.md', text)).toMatchObject({ line });
  });

  it('takes no key for what all objects have', () => {
    expect(fileOf('---\nwork_package_id: WP01\n__proto__: {title: evil}\n---\n').title).toBe('WP01-note-a-call');
  });
});

const FORMS = [
  ONE,
  ONE.replaceAll('\n', '\r\n'),
  `\ufeff${ONE}`,
  ONE.trimEnd(),
  ONE.replace('# Work Package', '# Other'),
];
const KEYS = ['title', 'dependencies', 'tags', 'history', 'priority', 'create_intent'];

describe('a key of the front matter', () => {
  const texts = fc
    .string({ unit: 'grapheme', maxLength: 30 })
    .map((text) => text.replace(/[\p{Cc}\u2028\u2029\ufeff]/gu, '').toWellFormed());

  it('is written, and nothing else is changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FORMS),
        fc.constantFrom(...KEYS),
        fc.oneof(texts, fc.array(texts, { maxLength: 3 })),
        (text, key, value) => {
          const edit = withKey(text, key, value);
          expect(edit).toBeDefined();
          if (!edit) return;
          const after = edited(text, [edit]);
          const read = readFrontMatter(after);
          const before = readFrontMatter(text);
          if ('message' in read || 'message' in before) throw new Error('unread');
          expect(read.values[key]).toEqual(value);
          expect({ ...read.values, [key]: 0 }).toEqual({ ...before.values, [key]: 0 });
          expect(after.slice(read.behind)).toBe(text.slice(before.behind));
          const again = withKey(after, key, value);
          expect(again && edited(after, [again])).toBe(after);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is left where the rest would not stay as it is', () => {
    const odd = '---\nwork_package_id: WP01\ntitle: |\n  one\n\n  two\n---\n';
    expect(withKey(odd, 'title', 'x')).toBeUndefined();
  });

  it('goes', () => {
    const edit = withKey(ONE, 'history', undefined);
    expect(edit && edited(ONE, [edit])).toBe(ONE.replace(/history:[\s\S]*?(?=authoritative)/, ''));
  });
});

describe('the body', () => {
  const line = fc.constantFrom(
    'text',
    '',
    '---',
    '## Activity Log',
    '# Work Package Prompt: WP01 – X',
    '```',
    '- [x] T001',
    ' x ',
    '\t',
    '<!-- a',
  );
  const bodies = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n').trim());

  it('comes back as it was written, and nothing else is changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FORMS, '---\nwork_package_id: WP01\n---', '---\nwork_package_id: WP01\n---\nx\n'),
        bodies,
        (text, body) => {
          const after = withBody(NAME, text, body);
          const [one, other] = [fileOf(text), fileOf(after)];
          expect(other.body).toBe(body);
          expect(after.slice(0, one.start)).toBe(text.slice(0, one.start));
          expect(after.endsWith(text.slice(one.end))).toBe(true);
          expect(other.title).toBe(one.title);
          expect(withBody(NAME, after, body)).toBe(after);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leaves its headline and its log to the file', () => {
    expect(withBody(NAME, ONE, 'New.')).toBe(ONE.replace(/## Objective[\s\S]*?log\./, 'New.'));
  });
});

it('gives the headline the new title where it is the one of the template', () => {
  const edit = headlineEdit(ONE, fileOf(ONE), 'Other');
  expect(edit && edited(ONE, [edit])).toBe(ONE.replace('WP01 – Note a call', 'WP01 – Other'));
  expect(headlineEdit(FORMS[4] ?? '', fileOf(FORMS[4] ?? ''), 'Other')).toBeUndefined();
});

describe('a mission', () => {
  it('is known by its folder, in the new form and in the old one', () => {
    expect(missionFolderOf('kitty-specs/owl-call-log-01M8N6R9')).toBe('kitty-specs/owl-call-log-01M8N6R9');
    expect(missionFolderOf('a/kitty-specs/012-owl/tasks/WP01.md')).toBe('a/kitty-specs/012-owl');
    for (const path of ['kitty-specs', 'docs/owl', 'kitty-specs/..', 'my-kitty-specs/owl'])
      expect(missionFolderOf(path)).toBeUndefined();
  });

  it('tells where its lanes are', () => {
    const mission = readMission('kitty-specs/x', sampleText('target', 'meta.json'));
    expect(mission?.coordinationBranch).toBe('kitty/mission-lantern-battery-gauge-01M8N6QV');
    expect(readMission('kitty-specs/x', sampleText('planned', 'meta.json'))).toEqual({
      ...{ slug: 'owl-call-log-01M8N6R9', id: '01M8N6R9HQ5EDV87NKCYPVPGMA', type: 'software-dev' },
      ...{ title: 'owl call log', targetBranch: 'feature/lantern' },
    });
  });

  it('has the name of its folder where meta.json has none that is one', () => {
    expect(readMission('kitty-specs/012-owl', '{"mission_slug": "../x", "mission_number": "012"}')).toEqual({
      ...{ slug: '012-owl', number: 12 },
    });
    expect(readMission('kitty-specs/x', '[')).toBeUndefined();
  });

  it('has texts of its subtasks in tasks.md', () => {
    expect(subtaskTexts(sampleText('planned', 'tasks.md')).get('T002')).toBe('Refuse a call without a place');
  });
});
