/** `sync`: pairs of trackers as people write them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ringsIn } from '../../../src/config/sync-rings.ts';
import { SYNC_WORDS } from '../../../src/config/sync-words.ts';
import { SYNCED_FIELDS, wordOf } from '../../../src/sync/synced-fields.ts';
import { FIELDS } from '../../../src/sync/values.ts';
import { check, problemsIn } from './check.ts';

test('a pair has a name and two trackers, and a default for all else', async () => {
  expect((await check('sync: [{ name: board, a: github, b: jira }]')).config.sync).toEqual([
    {
      ...{ name: 'board', a: 'github', b: 'jira', direction: 'both', prefer: 'ask', origin: true, private: false },
      ...{ states: {}, types: {}, labels: {}, people: {}, without: [] },
    },
  ]);
  expect((await check('')).config.sync).toEqual([]);
});

test('everything that can be said of a pair', async () => {
  const text = `sync:
  - name: board
    a: github
    b: jira
    direction: to_b
    query: label:shared -label:internal since:30d
    prefer: newer
    states: { In review: Code review }
    types: { chore: Task }
    labels: { ui: frontend }
    people: { ann: { a: ann-dev, b: ann@example.org }, bob: { b: bob } }
    fields: [title, points, due, comments]
    origin: false
    private: true
`;
  expect((await check(text)).config.sync).toEqual([
    {
      ...{ name: 'board', a: 'github', b: 'jira', direction: 'to_b', prefer: 'newer', origin: false, private: true },
      query: 'label:shared -label:internal since:30d',
      ...{ states: { 'In review': 'Code review' }, types: { chore: 'Task' }, labels: { ui: 'frontend' } },
      people: { ann: { a: 'ann-dev', b: 'ann@example.org' }, bob: { b: 'bob' } },
      ...{ fields: ['title', 'points', 'due', 'comments'], without: [] },
    },
  ]);
});

test('every mistake is told at once, each with its place', async () => {
  const text = `sync:
  - { name: Board, a: github, b: '', direction: to_c, prefer: mine }
  - { name: second, a: github, states: [x], people: { ann: {} }, fields: [storyPoints], origin: 'yes', way: up }
`;
  expect(await problemsIn(text)).toEqual([
    '2:13: `sync[0].name` is not a name such as board: small letters, digits and dashes. It is "Board".',
    '2:34: `sync[0].b` is empty. Please write some text.',
    '2:49: `sync[0].direction` is "to_c", which is not one of `both`, `to_a`, `to_b`. Did you mean "to_a"?',
    '2:63: `sync[0].prefer` is "mine", which is not one of `ask`, `a`, `b`, `newer`.',
    '3:5: `b` is missing in `sync[1]`. The other tracker.',
    '3:40: `sync[1].states` must be a mapping (`key: value` lines), not a list.',
    '3:60: `sync[1].people.ann` names nobody; please write who it is on `a` and on `b`. It is a mapping.',
    expect.stringMatching(/^3:75: `sync\[1\]\.fields\[0\]` is "storyPoints", which is not one of `title`, /),
    '3:97: `sync[1].origin` must be true or false, not "yes". Please write true.',
    '3:104: Unknown key `way` in `sync[1]`.',
  ]);
});

describe('pairs of trackers', () => {
  const pairs = (...edges: string[]) =>
    `sync:\n${edges.map((edge, index) => `  - { name: p${index}, a: ${edge[0]}, b: ${edge[1]} }\n`).join('')}`;

  test.each([[['ab', 'ac', 'ad']], [['ab', 'bc', 'cd']], [['ab', 'cd']]])(
    '%j, a star, a chain, or apart, are fine',
    async (edges) => {
      expect(await problemsIn(pairs(...edges))).toEqual([]);
    },
  );

  test('a ring is refused with its way, at the pair that closes it', async () => {
    expect(await problemsIn(pairs('ab', 'bc', 'ca'))).toEqual([
      '4:26: `sync[2].b` closes a ring: c – b – a – c. Each issue would come by two ways; please take one pair out. It is "a".',
    ]);
  });

  test('two of the same trackers, whichever comes first, and one with itself are refused', async () => {
    expect(await problemsIn(pairs('ab', 'ba', 'cc'))).toEqual([
      '3:26: `sync[1].b` makes a second pair of b and a; please keep one. It is "a".',
      '4:26: `sync[2].b` is the same tracker as `a`; please name two. It is "c".',
    ]);
  });

  test('a name that is used twice is refused', async () => {
    expect(await problemsIn('sync: [{ name: x, a: a, b: b }, { name: x, a: b, b: c }]')).toEqual([
      '1:41: `sync[1].name` is used twice; every name must differ. It is "x".',
    ]);
  });

  test('what is kept in step is said as a whole or by what is left out', async () => {
    expect(await problemsIn('sync: [{ name: x, a: a, b: b, fields: [title], without: [body] }]')).toEqual([
      '1:57: `sync[0].without` cannot stand beside `fields`, which says all that is kept in step. It is a list.',
    ]);
  });

  test('exactly as many close a ring as there are more of them than a forest has', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const edge = fc.record({ a: name, b: name }).filter(({ a, b }) => a !== b);
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 8 }), (edges) => {
        const rings = ringsIn(edges);
        const kept = edges.filter((_, place) => !rings.has(place));
        expect(ringsIn(kept).size).toBe(0);
        for (const [place, way] of rings) {
          expect([way[0], way.at(-1)]).toEqual([edges[place]?.a, edges[place]?.b]);
          for (const [index, next] of way.slice(1).entries()) {
            const step = [way[index], next].sort();
            expect(kept.some(({ a, b }) => [a, b].sort().join() === step.join())).toBe(true);
          }
        }
      }),
    );
  });
});

test('every field of a pair has a word, and every word a field', () => {
  expect(Object.keys(SYNCED_FIELDS)).toEqual([...SYNC_WORDS]);
  expect(Object.values(SYNCED_FIELDS).sort()).toEqual([...FIELDS, 'comments', 'attachments'].sort());
  expect(wordOf('storyPoints')).toBe('points');
});
