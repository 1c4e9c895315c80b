import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEpics } from '../../../core/epics/read-epics.ts';
import { belowKnown, fieldsOf, keysOf, outlineOf, type PHASES, partOf, storyNamed } from '../../../src/epic/outline.ts';
import { EPIC } from '../../support/epic.ts';

const outline = outlineOf(readEpics([{ path: 'EPIC.md', text: EPIC }]));
const [form = '', session = ''] = keysOf(outline, 'subtask');

test('epics, stories and subtasks stand below one another, in the order of the file', () => {
  expect([...outline.values()].map(({ kind, above }) => [kind, above])).toEqual([
    ['epic', undefined],
    ['story', 'EPIC'],
    ['subtask', 'US-001'],
    ['subtask', 'US-001'],
    ['story', 'EPIC'],
  ]);
});

test('a story is named as people type it', () => {
  expect(['us-002', 'US-002', '#us-002', 'US-2', 'EPIC'].map((name) => storyNamed(outline, name))).toEqual([
    ...['US-002', 'US-002', 'US-002'],
    ...[undefined, undefined],
  ]);
});

describe('a part of it', () => {
  const part = (phase: (typeof PHASES)[number], stories: string[] = []) => {
    const { keys, made } = partOf(outline, { phase, stories }) ?? {};
    return { keys: [...(keys ?? [])], made: [...(made ?? [])] };
  };

  test('is nothing but all where nothing is said', () => {
    expect(partOf(outline, { phase: 'all', stories: [] })).toBeUndefined();
  });

  test('of a story has its subtasks, and makes what stands above it', () => {
    const keys = ['US-001', form, session];
    expect(part('all', ['US-001'])).toEqual({ keys, made: ['US-001', 'EPIC', form, session] });
  });

  test('of a phase has its kinds, and makes nothing where it is about what is there', () => {
    expect(part('descriptions')).toEqual({ keys: ['EPIC', 'US-001', 'US-002'], made: ['EPIC', 'US-001', 'US-002'] });
    expect(part('subtasks')).toEqual({ keys: [form, session], made: [form, 'US-001', 'EPIC', session] });
    expect(part('statuses').keys).toHaveLength(5);
    expect([part('statuses').made, part('comments').made]).toEqual([[], []]);
    expect(part('subtasks', ['US-002'])).toEqual({ keys: [], made: [] });
  });

  test('has the fields of its phase, and all phases together have all', () => {
    expect(fieldsOf('all')).toBeUndefined();
    expect(fieldsOf('statuses')).toEqual(['state']);
    expect(fieldsOf('comments')).toEqual(['comments', 'attachments']);
    expect(fieldsOf('descriptions')).toEqual(fieldsOf('subtasks'));
    const all = ['descriptions', 'statuses', 'comments'] as const;
    expect(all.flatMap((phase) => fieldsOf(phase) ?? []).length).toBe(14);
  });
});

describe('what stands below what is known', () => {
  const issue = (key: string, parent?: string) => ({ issue: { key, ...(parent !== undefined && { parent }) } });

  test('is found at every depth, whatever the order', () => {
    const fresh = [issue('3', '2'), issue('2', '1'), issue('9'), issue('8', '7')];
    expect(belowKnown(fresh, (key) => key === '1').map(({ issue: { key } }) => key)).toEqual(['3', '2']);
    expect(belowKnown(fresh, (key) => key === '9').map(({ issue: { key } }) => key)).toEqual(['9']);
  });

  test('is never a ring, and is the same in any order', () => {
    const key = fc.constantFrom('1', '2', '3', '4', '5');
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.option(key, { nil: undefined })),
        key,
        fc.boolean(),
        (parents, known, isTurned) => {
          const fresh = Object.entries(parents).map(([own, parent]) => issue(own, parent));
          const found = belowKnown(isTurned ? fresh.toReversed() : fresh, (one) => one === known);
          const names = found.map(({ issue: { key: name } }) => name).sort();
          const isBelow = (name: string) => {
            for (
              let at: string | undefined = name, steps = 0;
              at !== undefined && steps < 9;
              at = parents[at], steps += 1
            )
              if (at === known) return true;
            return false;
          };
          expect(names).toEqual(Object.keys(parents).filter(isBelow).sort());
        },
      ),
    );
  });
});
