/** A whole issue as a model reads it. */
import { expect, test } from 'vitest';
import { partsOf } from '../../../src/mcp/issue-parts.ts';
import type { ShownIssue } from '../../../src/tracker/print/fields.ts';

const long = `Two steps:\n1. ${'x'.repeat(9_000)}`;
const issue: ShownIssue = {
  ...{ key: 'bd-7', url: 'u', title: 'One', body: 'Text.', state: 'open', stateName: 'open', labels: ['ui'] },
  ...{
    type: 'bug',
    priority: 1,
    assignees: [{ id: 'x', name: 'Ann' }],
    milestone: 'v1',
    parent: 'bd-1',
    storyPoints: 0,
  },
  ...{ dueDate: '2026-01-02', sprint: 'S', deferUntil: Date.parse('2030-05-06T07:08:00Z'), createdAt: 0, updatedAt: 0 },
  ...{ author: { id: 'b', name: 'Bob' }, links: [{ type: 'blocks', target: 'bd-2' }] },
  claim: { key: 'bd-7', agent: 'bot', until: 60_000 },
  metadata: { a: 1, beads: { design: long, notes: 'N.', estimated_minutes: 90 } },
  sections: [
    { name: 'Design', text: long },
    { name: 'Notes\n```', text: 'N.' },
  ],
};

test('says all that is set, as the text for people does', () => {
  expect(partsOf(issue)[0]).toBe(`\`\`\`text
key: bd-7
title: One
state: open
author: Bob
labels: ui
type: bug
priority: high
assigned to: Ann
milestone: v1
parent: bd-1
points: 0
due: 2026-01-02
sprint: S
deferred until: 2030-05-06 07:08 UTC
links: blocks bd-2
claimed: by bot until 1970-01-01 00:01 UTC
created: 1970-01-01 00:00 UTC
updated: 1970-01-01 00:00 UTC
metadata: {"a":1,"beads":{"estimated_minutes":90}}
url: u
\`\`\``);
});

test('texts beside the body are whole, in pieces under their names, and not among the metadata too', () => {
  const [, text, ...others] = partsOf(issue);
  expect(text).toBe('Text, written by Bob:\n```text\nText.\n```');
  expect(others.map((part) => part.split('\n')[0])).toEqual([
    'Design, piece 1 of 2, written by Bob:',
    'Design, piece 2 of 2, written by Bob:',
    'Notes ```, written by Bob:',
  ]);
  const pieces = others.slice(0, 2).map((part) => part.split('\n').slice(2, -1).join('\n'));
  expect(pieces.join('')).toBe(long);
});
