import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../../core/errors.ts';
import { createFaults } from '../../../../core/faults.ts';
import type { CodeHost, JudgedChange, JudgedCommit } from '../../../../core/ports/index.ts';
import { type AskedSubject, whichKind } from '../../../../src/gate/identity/which-kind.ts';
import { testWorld } from '../../../support/world.ts';
import { CHANGE } from '../parts.support.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const PUSH: JudgedCommit = { sha: SHA, branch: 'next' };
const PULL: JudgedCommit = { sha: SHA, change: CHANGE };
const FOUND: JudgedChange & { sha: string } = { id: '12', source: 'a', target: 'b', labels: ['hotfix'], sha: SHA };

interface Given {
  readonly subject?: 'auto' | 'day' | 'change';
  readonly asked?: AskedSubject;
  readonly judged?: JudgedCommit;
  readonly hasCommit?: boolean;
  /** What the host answers; without one there is no host. */
  readonly answer?: typeof FOUND | 'none' | 'down' | 'cannot';
}

async function chosen({ subject = 'auto', asked = {}, judged, hasCommit = false, answer }: Given) {
  const faults = createFaults(testWorld());
  const ids: string[] = [];
  const host: Pick<CodeHost, 'changeById'> | undefined = answer && (answer === 'cannot' ? {} : { changeById });
  async function changeById(id: string) {
    ids.push(id);
    if (answer === 'down') throw new PaceError({ kind: 'transient', message: 'The host is down.', remedy: 'Wait.' });
    return typeof answer === 'object' ? answer : undefined;
  }
  const found = await whichKind({ subject, asked, hasCommit, host, judged, faults });
  return { ...found, ids, faults: faults.list.map(({ operation }) => operation) };
}

const nobody = { ids: [], faults: [] };

describe('by the event', () => {
  test('a pull request is a change, and everything else a day', async () => {
    expect(await chosen({ judged: PULL })).toEqual({ change: CHANGE, notes: [], ...nobody });
    expect(await chosen({ judged: PUSH })).toEqual({ notes: [], ...nobody });
    expect(await chosen({})).toEqual({ notes: [], ...nobody });
  });

  test('a day that is named beside a change is not judged, and that is noted', async () => {
    expect(await chosen({ judged: PULL, asked: { day: '3' } })).toMatchObject({
      change: CHANGE,
      notes: ['Day 3 was named and is not judged: this run is about change 12. With `gate.subject: day` it judges the day.'],
    });
    expect(await chosen({ judged: PUSH, asked: { day: '3' } })).toEqual({ notes: [], ...nobody });
    expect((await chosen({ judged: PULL, asked: { day: '', change: '' } })).notes).toEqual([]);
  }); // biome-ignore format: one line
});

describe('by the configuration', () => {
  test('`day` judges the day of a pull request too, and says nothing of the change', async () => {
    for (const asked of [{}, { day: '3' }]) {
      expect(await chosen({ subject: 'day', judged: PULL, asked })).toEqual({ notes: [], ...nobody });
    }
  });

  test('`change` takes that of the event; else the commit is one, whose number nothing tells', async () => {
    expect(await chosen({ subject: 'change', judged: PULL })).toEqual({ change: CHANGE, notes: [], ...nobody });
    const nameless = { target: '', labels: [], isNameless: true };
    expect(await chosen({ subject: 'change', judged: PUSH })).toEqual({
      change: { id: '0123456789ab', source: 'next', ...nameless },
      notes: [],
      ...nobody,
    });
    for (const judged of [{ sha: '' }, undefined]) {
      const { change } = await chosen({ subject: 'change', ...(judged ? { judged } : {}) });
      expect(change).toEqual({ id: 'none', source: '', ...nameless });
    }
  });

  test('a day that is named where the commit is the change is noted as well', async () => {
    const { notes } = await chosen({ subject: 'change', judged: PUSH, asked: { day: '3' } });
    expect(notes).toEqual([expect.stringContaining('this run is about change 0123456789ab.')]);
  });
});

describe('by hand', () => {
  const asked = { change: '12' };

  test('the change goes before event and configuration', async () => {
    for (const subject of ['auto', 'day', 'change'] as const) {
      for (const judged of [PUSH, { sha: SHA, change: { ...CHANGE, id: '13' } }]) {
        expect(await chosen({ subject, asked, judged, answer: FOUND })).toEqual({ change: FOUND, notes: [], ids: ['12'], faults: [] });
      }
    }
  }); // biome-ignore format: one line

  test('that of the event is known, and nobody is asked', async () => {
    expect(await chosen({ asked, judged: PULL, answer: FOUND })).toEqual({ change: CHANGE, notes: [], ...nobody });
  });

  test('the host tells its branches and labels also where the commit is named', async () => {
    expect(await chosen({ asked, hasCommit: true, answer: FOUND })).toEqual({ change: FOUND, notes: [], ids: ['12'], faults: [] });
  }); // biome-ignore format: one line

  test.each<[string, Given, string[]]>([
    ['there is no host', {}, []],
    ['the host knows none', { answer: 'none' }, []],
    ['the host cannot look for one', { answer: 'cannot' }, []],
    ['the host is down', { answer: 'down' }, ['changeById']],
  ])('where %s, the commit of the checkout is judged as it, and that is noted', async (_, given, faults) => {
    const unknown = { id: '12', source: '', target: '', labels: [] };
    const found = await chosen({ asked, judged: PUSH, ...given });
    const note = 'Change 12 is not known here: neither its branches nor its labels count.';
    expect(found).toMatchObject({ change: unknown, notes: [`${note} The commit of the checkout is judged.`], faults });
    const named = await chosen({ asked, judged: PUSH, hasCommit: true, ...given });
    expect(named).toMatchObject({ change: unknown, notes: [note], faults });
  });

  test('a day and a change at once are refused', async () => {
    await expect(chosen({ asked: { day: '3', change: '12' } })).rejects.toMatchObject({
      ...{ kind: 'validation', message: '--day and --change were both given.' },
      remedy: 'Please judge one of them at a time.',
    });
  });

  test.each(['#12', '../12', 'a b', '-1', '.', '!12', `1${'2'.repeat(40)}`])('%j is no number of a change', async (change) => {
    await expect(chosen({ asked: { change } })).rejects.toMatchObject({
      kind: 'validation',
      message: expect.stringContaining('is not the number of a change.'),
    });
  }); // biome-ignore format: one line

  test.each(['1', 'PR-12', 'a.b_c', `1${'2'.repeat(39)}`])('%j is one', async (change) => {
    expect((await chosen({ asked: { change } })).change?.id).toBe(change);
  });
});
