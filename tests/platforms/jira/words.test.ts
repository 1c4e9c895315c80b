import { describe, expect, it } from 'vitest';
import { PRIORITIES } from '../../../core/ports/index.ts';
import { customFieldOf, sprintName } from '../../../platforms/jira/custom-fields.ts';
import { linksOf, linkWords, toLinkType } from '../../../platforms/jira/link-words.ts';
import { createPriorities } from '../../../platforms/jira/priorities.ts';

describe('Priorities', () => {
  const read = (names: string[]) => names.map((name) => createPriorities(names).toPriority(name));
  const write = (names: string[]) => PRIORITIES.map((priority) => createPriorities(names).toNames(priority)[0]);
  const schemes: [what: string, names: string[], numbers: (number | undefined)[], written: (string | undefined)[]][] = [
    ['of Jira itself', ['Highest', 'High', 'Medium', 'Low', 'Lowest'], [0, 1, 2, 3, 4], ['Highest', 'High', 'Medium', 'Low', 'Lowest']],
    ['of old servers, by their order', ['Blocker', 'Critical', 'Major', 'Minor', 'Trivial'], [0, 1, 2, 3, 4], ['Blocker', 'Critical', 'Major', 'Minor', 'Trivial']],
    ['in another language, by their order', ['Höchste', 'Hoch', 'Mittel', 'Niedrig', 'Niedrigste'], [0, 1, 2, 3, 4], ['Höchste', 'Hoch', 'Mittel', 'Niedrig', 'Niedrigste']],
    ['with numbers', ['P0', 'P1', 'P2'], [0, 1, 2], ['P0', 'P1', 'P2', undefined, undefined]],
    ['of Jira with one more: both read the same, Jira’s own is written', ['Blocker', 'Highest', 'High', 'Medium'], [0, 0, 1, 2], ['Highest', 'High', 'Medium', undefined, undefined]],
    ['that would be a guess have no number', ['Now', 'Soon', 'Later'], [undefined, undefined, undefined], [undefined, undefined, undefined, undefined, undefined]],
    ['two of which mean the same have none', ['Urgent', 'Critical', 'Normal'], [undefined, undefined, undefined], [undefined, undefined, undefined, undefined, undefined]],
  ]; // biome-ignore format: a table
  for (const [what, names, numbers, written] of schemes) {
    it(what, () => {
      expect(read(names)).toEqual(numbers);
      expect(write(names)).toEqual(written);
    });
  }
});

describe('Links', () => {
  const blocks = { name: 'Blocks', outward: 'blocks', inward: 'is blocked by' };
  const depends = { name: 'Depends', outward: 'Requires', inward: 'needed by' };
  const own = { name: 'Problem/Incident', outward: 'causes', inward: 'is caused by' };

  it('are known by what a site says at either end', () => {
    expect(toLinkType('Blocked By')).toBe('is blocked by');
    expect(toLinkType('causes')).toBeUndefined();
    expect(linkWords([own, blocks], 'is blocked by')).toEqual({ type: blocks, isOutward: false });
    expect(linkWords([depends], 'depends on')).toEqual({ type: depends, isOutward: true });
    // the words of this end are unknown, those of the other tell
    expect(linkWords([depends], 'is dependency of')).toEqual({ type: depends, isOutward: false });
    expect(linkWords([own], 'relates to')).toBeUndefined();
  });

  it('of types of the site’s own read as relations', () => {
    expect(
      linksOf([
        { id: '1', type: depends, inwardIssue: { key: 'A-1' } },
        { id: '2', type: own, outwardIssue: { key: 'A-2' } },
        { id: '3', type: blocks },
      ]),
    ).toEqual([
      { type: 'is dependency of', target: 'A-1' },
      { type: 'relates to', target: 'A-2' },
    ]);
  });
});

describe('Custom fields', () => {
  const float = { type: 'number', custom: 'com.atlassian.jira.plugin.system.customfieldtypes:float' };

  it('are found by what they are, and story points by their name or by what a person has said', () => {
    expect(customFieldOf({ id: 'customfield_1', schema: { custom: 'com.pyxis.greenhopper.jira:gh-sprint' } })).toBe('sprint');
    expect(customFieldOf({ id: 'customfield_1', schema: { custom: 'com.pyxis.greenhopper.jira:gh-epic-link' } })).toBe('epicLink');
    expect(customFieldOf({ id: 'customfield_1', schema: { custom: 'com.pyxis.greenhopper.jira:jsw-story-points' } })).toBe('storyPoints');
    expect(customFieldOf({ id: 'customfield_1', name: 'Story points', schema: float })).toBe('storyPoints');
    expect(customFieldOf({ id: 'customfield_1', name: 'Story points', schema: { type: 'string' } })).toBeUndefined();
    expect(customFieldOf({ id: 'customfield_1', name: 'Story Points', schema: float }, 'Größe')).toBeUndefined();
    expect(customFieldOf({ id: 'customfield_2', name: 'Größe', schema: float }, 'größe')).toBe('storyPoints');
    expect(customFieldOf({ id: 'customfield_2', name: 'Größe', schema: float }, 'customfield_2')).toBe('storyPoints');
  }); // biome-ignore format: a table

  it('tell the sprint that runs, else the last one', () => {
    const sprint = (name: string, state: string) => ({ id: 1, name, state });
    expect(sprintName([[sprint('1', 'closed'), sprint('2', 'active'), sprint('3', 'future')]])).toBe('2');
    expect(sprintName([[sprint('1', 'closed'), sprint('2', 'closed')]])).toBe('2');
    expect(sprintName(['com.atlassian.greenhopper.service.sprint.Sprint@1[id=1,state=CLOSED,name=One, two]'])).toBe(
      'One, two',
    );
    expect(sprintName([null, 7, 'nonsense', {}])).toBeUndefined();
  });
});
