import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../../core/ports/index.ts';
import { oddIn, withoutOdd } from '../../../core/tracker/odd-records.ts';
import { readKey } from '../../../platforms/clickup/address.ts';
import { authorizationOf } from '../../../platforms/clickup/api.ts';
import { toDay, toMoment } from '../../../platforms/clickup/due-date.ts';
import clickup from '../../../platforms/clickup/index.ts';
import { toQuery } from '../../../platforms/clickup/list.ts';
import { splitMetadata, withMetadata } from '../../../platforms/clickup/metadata.ts';
import { createStates } from '../../../platforms/clickup/states.ts';
import { toComment, toIssue, type WireComment, type WireTask } from '../../../platforms/clickup/wire.ts';

function golden<Read>(name: string): Read {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')) as Read;
}

const reading = {
  toState: createStates(undefined).toState,
  typeOf: (id: number) => (id === 1300 ? 'bug' : undefined),
};

describe('what ClickUp sends', () => {
  test('is read as it is meant: a task', () => {
    expect(toIssue(golden<WireTask>('task'), reading)).toEqual(golden('task.golden'));
  });

  test('is read as it is meant: a comment', () => {
    expect(toComment(golden<WireComment>('comment'))).toEqual(golden('comment.golden'));
  });

  test('a comment without formats is its text, and may have no author', () => {
    const { user: _, ...comment } = golden<WireComment>('comment');
    const plain = { ...comment, comment: [{ text: 'a `b` *c*' }], comment_text: 'a `b` *c*' };
    expect(toComment(plain)).toEqual({ id: '458', body: 'a `b` *c*', createdAt: 1568036964079 });
  });

  const whole = golden<Issue>('task.golden');

  test.each([
    {
      name: 'a time that is none',
      change: { date_created: 'yesterday' },
      shown: { createdAt: whole.updatedAt },
      odd: 'date_created is not a time',
    },
    {
      name: 'tags that are not a list',
      change: { tags: {} },
      shown: { labels: [] },
      odd: 'what should be a list is not one',
    },
    {
      name: 'a status without a type',
      change: { status: { status: 'Odd' } },
      shown: { state: 'open', stateName: 'Odd' },
      odd: 'type of the status is not text',
    },
    {
      name: 'no status',
      change: { status: null },
      shown: { state: 'open', stateName: '(unknown)' },
      odd: 'status is not text',
    },
    {
      name: 'a person without an id',
      change: { creator: { username: 'x' } },
      shown: { author: { id: '(no id)', name: 'x' } },
      odd: 'id of a person is not a number',
    },
    {
      name: 'points that are no number',
      change: { points: 'many' },
      shown: { storyPoints: undefined },
      odd: 'points is not a number',
    },
  ])('is shown as far as it reads with $name', ({ change, shown, odd }) => {
    const found = toIssue({ ...golden<WireTask>('task'), ...change } as unknown as WireTask, reading);
    expect(oddIn(found)).toEqual([odd]);
    expect(withoutOdd(found)).toEqual({ ...whole, ...shown });
  });

  test('may hold numbers as texts, and texts as numbers', () => {
    const odd = {
      points: '2.5',
      creator: { id: '183', username: 'x' },
      priority: { id: 2 },
      date_created: 1567780450202,
    };
    const found = toIssue({ ...golden<WireTask>('task'), ...odd } as unknown as WireTask, reading);
    expect(oddIn(found)).toEqual([]);
    expect(found).toEqual({
      ...whole,
      storyPoints: 2.5,
      author: { id: '183', name: 'x' },
      priority: 1,
      createdAt: 1567780450202,
    });
  });

  test('may lack lists', () => {
    const none = {
      tags: null,
      assignees: null,
      dependencies: null,
      linked_tasks: null,
      points: null,
      priority: null,
      creator: null,
    };
    const found = toIssue({ ...golden<WireTask>('task'), ...none } as unknown as WireTask, reading);
    expect(oddIn(found)).toEqual([]);
    expect([found.labels, found.assignees, found.links, found.storyPoints, found.priority, found.author]).toEqual([
      [],
      [],
      ...Array.from({ length: 4 }, () => undefined),
    ]);
  });

  test('is refused with no id', () => {
    const task = { ...golden<WireTask>('task'), id: null } as unknown as WireTask;
    expect(() => toIssue(task, reading)).toThrow(/makes no sense \(id is not text/);
  });
});

describe('metadata in the description', () => {
  const word = fc.string({ unit: 'grapheme' });
  test('come back whole, whatever the text and however long', () => {
    fc.assert(
      fc.property(word, fc.dictionary(word, fc.jsonValue()), (body, data) => {
        const metadata = { pace: data, long: 'x'.repeat(5000) };
        const text = withMetadata(body, metadata);
        expect(splitMetadata(text)).toEqual({ body: body.trimEnd(), metadata: JSON.parse(JSON.stringify(metadata)) });
      }),
    );
  });

  test('are not taken from somebody’s text above our own', () => {
    const forged = withMetadata('Text.', { pace: 'forged' });
    expect(splitMetadata(withMetadata(forged, { pace: 'real' }))).toEqual({ body: forged, metadata: { pace: 'real' } });
    expect(splitMetadata(withMetadata(forged, {}))).toEqual({ body: forged, metadata: {} });
  });

  test.each([
    ['backslashes', (text: string) => text.replaceAll('-1-', '-1-\\')],
    ['angle brackets', (text: string) => text.replace(/\((https[^)]+)\)/, '(<$1>)')],
    ['another text of the link', (text: string) => text.replace('PACE data', 'something')],
  ])('survive %s', (_, change) => {
    expect(splitMetadata(change(withMetadata('Text.', { a: 1 })))).toEqual({ body: 'Text.', metadata: { a: 1 } });
  });

  test('that are damaged read as none, and nothing is lost', () => {
    const text = withMetadata('Text.', { a: 1 }).replace('-1-eyJ', '-1-xxx');
    expect(splitMetadata(text)).toEqual({ body: text, metadata: {} });
  });
});

test('a day is the same wherever the one lives who has set it', () => {
  for (let zone = -11; zone <= 12; zone += 0.5) {
    const local = new Date(toMoment('2028-02-29') + zone * 3_600_000).toISOString();
    expect(local).toMatch(/^2028-02-29/);
    expect(toDay(Date.parse('2028-02-29T04:00:00Z') - zone * 3_600_000)).toBe('2028-02-29');
  }
});

test('personal tokens stand alone, others behind Bearer', () => {
  expect(['pk_1_A', '1_abc', 'Bearer x'].map(authorizationOf)).toEqual(['pk_1_A', 'Bearer 1_abc', 'Bearer x']);
});

test.each([
  ['86C1abc', { id: '86c1abc', isCustom: false }],
  ['#86c1abc', { id: '86c1abc', isCustom: false }],
  ['shop-12', { id: 'SHOP-12', isCustom: true }],
  ['shop-12/../x', undefined],
  ['', undefined],
])('the key %j', (text, key) => {
  expect(readKey(text)).toEqual(key);
});

test.each([
  ['https://app.clickup.com/t/86c1abc2d', { key: '86c1abc2d', settings: {} }],
  ['https://app.clickup.com/t/86c1abc2d?comment=1', { key: '86c1abc2d', settings: {} }],
  ['https://app.clickup.com/t/9012/SHOP-12', { key: 'SHOP-12', settings: { workspace: '9012' } }],
  ['https://app.clickup.com/t/9012/86c1abc2d', { key: '86c1abc2d', settings: { workspace: '9012' } }],
  ['https://app.clickup.com/t/SHOP-12', undefined],
  ['https://app.clickup.com/9012/v/li/901', undefined],
  ['https://app.clickup.com.evil.example/t/86c1abc2d', undefined],
  ['http://app.clickup.com/t/86c1abc2d', undefined],
])('the address %s', (address, found) => {
  expect(clickup.readIssueUrl(new URL(address))).toEqual(found);
});

describe('a filter', () => {
  const asIs = { hasOwnNames: false };
  const base = { order_by: 'created', subtasks: 'true', include_markdown_description: 'true' };

  test('asks for open tasks only where types tell what is open', () => {
    expect(toQuery({ state: 'open' }, asIs)).toEqual({ ...base, include_closed: 'false' });
    expect(toQuery({ state: 'open' }, { hasOwnNames: true })).toEqual({ ...base, include_closed: 'true' });
  });

  test('names one tag, as ClickUp would look for any of several', () => {
    expect(toQuery({ labels: ['A', 'b'] }, asIs)).toEqual({ ...base, include_closed: 'true', 'tags[]': 'a' });
    expect(toQuery({ anyLabels: ['a', 'b'] }, asIs)).toEqual({ ...base, include_closed: 'true' });
  });

  test('has bounds that include the moment', () => {
    const times = { createdSince: 10, createdUntil: 20, updatedSince: 10.5, updatedUntil: 20.5 };
    expect(toQuery(times, asIs)).toMatchObject({
      date_created_gt: '9',
      date_created_lt: '21',
      date_updated_gt: '10',
      date_updated_lt: '21',
    });
    expect(toQuery({ createdUntil: -1 }, asIs)).toBeUndefined();
  });
});
