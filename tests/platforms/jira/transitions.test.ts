import { describe, expect, it } from 'vitest';
import { createStatusMap } from '../../../core/drivers/status-map.ts';
import type { IssueState } from '../../../core/ports/index.ts';
import {
  chooseTransition,
  fillScreen,
  toTransitions,
  type WireTransition,
} from '../../../platforms/jira/transitions.ts';

function to(name: string, category: string, fields: WireTransition['fields'] = {}): WireTransition {
  return { id: name, name: `go to ${name}`, to: { name, statusCategory: { key: category } }, fields };
}

const nobodySaid = createStatusMap('jira', {}, undefined);

const offered = [
  to('Backlog', 'new'),
  to('Reopened', 'new'),
  to('Blocked', 'indeterminate'),
  to('In Review', 'indeterminate'),
  to('Cooking', 'indeterminate'),
  to('In Progress', 'indeterminate'),
  to('Rejected', 'done'),
  to('Archived', 'done'),
  to('Closed', 'done'),
];

describe('Among several statuses of a category', () => {
  const best: [IssueState, string][] = [
    ['open', 'Reopened'],
    ['in_progress', 'In Progress'],
    ['in_review', 'In Review'],
    ['blocked', 'Blocked'],
    ['done', 'Closed'],
    ['canceled', 'Rejected'],
  ];
  for (const [state, name] of best) {
    it(`${state} goes to “${name}”, in whatever order they are offered`, () => {
      expect(chooseTransition(offered, { state }, nobodySaid)?.to.name).toBe(name);
      expect(chooseTransition(offered.toReversed(), { state }, nobodySaid)?.to.name).toBe(name);
    });
  }

  it('the first is as good as any when no name fits', () => {
    expect(
      chooseTransition([to('Fertig', 'done'), to('Abgenommen', 'done')], { state: 'done' }, nobodySaid)?.to.name,
    ).toBe('Fertig');
  });

  it('a transition that is not available does not count', () => {
    expect(
      chooseTransition([{ ...to('Done', 'done'), isAvailable: false }], { state: 'done' }, nobodySaid),
    ).toBeUndefined();
  });

  it('the name of a transition does not count', () => {
    expect(
      chooseTransition([{ ...to('In Progress', 'indeterminate'), name: 'Done' }], { state: 'done' }, nobodySaid),
    ).toBeUndefined();
  });
});

describe('What a person has said of statuses', () => {
  const said = createStatusMap('jira', {}, 'in_progress=Cooking; done=Fertig, Closed; blocked=Parked');

  it('is the only thing that counts for a state, in its order', () => {
    expect(chooseTransition(offered, { state: 'in_progress' }, said)?.to.name).toBe('Cooking');
    expect(chooseTransition(offered, { state: 'done' }, said)?.to.name).toBe('Closed');
    expect(chooseTransition(offered, { state: 'blocked' }, said)).toBeUndefined();
  });

  it('leaves the other states to categories and names, without the statuses that are taken', () => {
    expect(chooseTransition(offered, { state: 'in_review' }, said)?.to.name).toBe('In Review');
    const all = createStatusMap('jira', {}, 'in_progress=In Review, Cooking, In Progress, Blocked');
    expect(chooseTransition(offered, { state: 'in_review' }, all)).toBeUndefined();
  });

  it('gives way to the name of a status', () => {
    expect(chooseTransition(offered, { state: 'done', name: 'archived' }, said)?.to.name).toBe('Archived');
  });

  it('shows in the list of where an issue can go', () => {
    expect(toTransitions([to('Cooking', 'indeterminate'), to('Parked', 'new'), to('Parked', 'new')], said)).toEqual([
      { name: 'Cooking', state: 'in_progress' },
      { name: 'Parked', state: 'blocked' },
    ]);
  });
});

describe('The resolution', () => {
  const screen = (...names: string[]) => ({
    resolution: { name: 'Resolution', required: true, allowedValues: names.map((name) => ({ id: name, name })) },
  });
  const choices: [IssueState, string[], string][] = [
    ['done', ["Won't Do", 'Fixed', 'Done'], 'Done'],
    ['done', ['Duplicate', 'Fixed'], 'Fixed'],
    ['done', ['Duplicate', 'Erledigt'], 'Erledigt'],
    ['done', ['Duplicate'], 'Duplicate'],
    ['canceled', ['Done', 'Duplicate', 'Won’t Fix'], 'Won’t Fix'],
    ['canceled', ['Done', 'Duplicate'], 'Duplicate'],
    ['canceled', ['Fertig'], 'Fertig'],
  ];
  for (const [state, names, chosen] of choices) {
    it(`for ${state} among ${names.join(', ')} is ${chosen}`, () => {
      expect(fillScreen(to('Closed', 'done', screen(...names)), state).fields).toEqual({ resolution: { id: chosen } });
    });
  }

  it('is left alone when an issue is opened again and Jira does not insist', () => {
    const fields = { resolution: { required: false, allowedValues: [{ id: '1', name: 'Done' }] } };
    expect(fillScreen(to('To Do', 'new', fields), 'open').fields).toEqual({});
  });
});

it('gives a list where the field is one, and leaves defaults to Jira', () => {
  const fields = {
    components: {
      name: 'Components',
      required: true,
      schema: { type: 'array' },
      allowedValues: [{ id: '9', name: 'api' }],
    },
    team: { name: 'Team', required: true, hasDefaultValue: true },
    note: { name: 'Note', required: false },
  };
  expect(fillScreen(to('Closed', 'done', fields), 'done')).toEqual({
    transition: expect.anything(),
    fields: { components: [{ id: '9' }] },
    guessed: ['Components: api'],
  });
});
