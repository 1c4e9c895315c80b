import { describe, expect, test } from 'vitest';
import { createRuleBook, type Json } from '../../../../../src/gate/evidence/sarif/rules.ts';

/** A rule, told from others with the same id by `nr`. */
const rule = (nr: number, id?: string, more: object = {}): Json => ({
  nr,
  ...(id === undefined ? {} : { id }),
  ...more,
});
const runOf = (rules: unknown, more: object = {}, extensions: readonly object[] = []): Json => ({
  tool: { driver: { name: 'Tool', rules }, extensions },
  ...more,
});

function found(run: Json, result: Json): unknown {
  return createRuleBook(run).ruleOf(result)?.['nr'];
}

describe('the rule of a result', () => {
  const RULES = [rule(0, 'R1'), rule(1, 'R2', { guid: 'g-2' }), rule(2, 'R1'), rule(3, 'R1/sub'), rule(4)];

  test.each<[string, Json, number | undefined]>([
    ['by its id', { ruleId: 'R2' }, 1],
    ['by its index', { ruleIndex: 2 }, 2],
    ['by its index where the id says the same, for ids that stand twice', { ruleId: 'R1', ruleIndex: 0 }, 0],
    ['by its index where the id is a case of that rule', { ruleId: 'R1/other', ruleIndex: 0 }, 0],
    ['by its id where the index names another rule', { ruleId: 'R2', ruleIndex: 0 }, 1],
    ['by its index where a longer id only begins in the same way', { ruleId: 'R10', ruleIndex: 0 }, undefined],
    ['by its id where there is no rule at the index', { ruleId: 'R2', ruleIndex: 9 }, 1],
    ['by its id where the index is -1, for “not known”', { ruleId: 'R2', ruleIndex: -1 }, 1],
    ['by its index where that rule has no id', { ruleIndex: 4 }, 4],
    ['not by an index whose rule has no id where the result has one', { ruleId: 'R2', ruleIndex: 4 }, 1],
    ['by a guid', { rule: { guid: 'g-2' } }, 1],
    ['by a guid sooner than by the id', { ruleId: 'R1', rule: { guid: 'g-2' } }, 1],
    ['by the id where nobody has that guid', { ruleId: 'R2', rule: { guid: 'g-9' } }, 1],
    ['by the nearest rule above a case', { ruleId: 'R1/sub/case' }, 3],
    ['by the rule above it', { ruleId: 'R2/a/b/c' }, 1],
    ['by a rule up to nineteen steps above it, and no further', { ruleId: `R2${'/a'.repeat(19)}` }, 1],
    ['is none for one that lies twenty steps above', { ruleId: `R2${'/a'.repeat(20)}` }, undefined],
    ['by `rule.id`', { rule: { id: 'R2' } }, 1],
    ['by its own words sooner than by those in `rule`', { ruleId: 'R2', rule: { id: 'R1' } }, 1],
    ['by its own index sooner than by that in `rule`', { ruleIndex: 1, rule: { index: 0 } }, 1],
    ['is none for an unknown id', { ruleId: 'R3' }, undefined],
    ['is none for an id that ends in nothing', { ruleId: '/R1' }, undefined],
    ['is none where nothing names one', {}, undefined],
    ['is none where what names it makes no sense', { ruleId: 7, ruleIndex: 'one', rule: [] }, undefined],
  ])('%s', (_, result, nr) => {
    expect(found(runOf(RULES), result)).toBe(nr);
  });

  test('is none in a run without rules, or with things that are none', () => {
    for (const run of [{}, { tool: 7 }, { tool: { driver: null } }, runOf('R1'), runOf([null, 'R1'])])
      expect(createRuleBook(run).ruleOf({ ruleId: 'R1', ruleIndex: 5 })).toBeUndefined();
  });

  test('keeps its index beside rules that are no objects', () => {
    expect(found(runOf([null, rule(1, 'R1')]), { ruleIndex: 1 })).toBe(1);
  });
});

describe('the rule of an extension', () => {
  const EXTENSIONS = [
    { name: 'first', guid: 'e-1', rules: [rule(10, 'X1'), rule(11, 'R1')] },
    { name: 'second', guid: 'e-2', rules: [rule(20, 'X1', { guid: 'g-x' }), rule(21, 'R1/sub')] },
  ];
  const RUN = runOf([rule(0, 'R1')], {}, EXTENSIONS);

  test.each<[string, Json, number | undefined]>([
    ['is found by its id, the driver first', { ruleId: 'R1' }, 0],
    ['is found by its id, then one extension after the other', { ruleId: 'X1' }, 10],
    ['is found by its guid', { rule: { guid: 'g-x' } }, 20],
    ['is found where it is nearer than the driver’s', { ruleId: 'R1/sub/case' }, 21],
    ['is the one of the extension with that index', { rule: { index: 0, toolComponent: { index: 1 } } }, 20],
    ['is the one of the extension with that name', { rule: { index: 0, toolComponent: { name: 'second' } } }, 20],
    ['is the one of the extension with that guid', { rule: { index: 1, toolComponent: { guid: 'e-1' } } }, 11],
    [
      'is the one with that guid, whatever its name',
      { rule: { index: 0, toolComponent: { guid: 'e-2', name: 'x' } } },
      20,
    ],
    ['is the driver’s where no extension has that guid', { rule: { index: 0, toolComponent: { guid: 'e-9' } } }, 0],
    ['is asked for by id in that extension alone', { ruleId: 'R1', rule: { toolComponent: { name: 'first' } } }, 11],
    ['is none where that extension has none', { ruleId: 'X2', rule: { toolComponent: { index: 0 } } }, undefined],
    ['is the driver’s where no extension is meant', { ruleId: 'R1', rule: { toolComponent: { name: 'Tool' } } }, 0],
    ['is the driver’s for an empty word about it', { ruleId: 'R1', rule: { toolComponent: {} } }, 0],
    ['is the driver’s by index, not an extension’s', { ruleIndex: 1 }, undefined],
  ])('%s', (_, result, nr) => {
    expect(found(RUN, result)).toBe(nr);
  });
});

describe('the level of a result without one of its own', () => {
  const levels = (level: unknown) => ({ configuration: { level } });
  const overriding = (level: unknown, descriptor: object = { id: 'R1' }) => ({
    ruleConfigurationOverrides: [{ descriptor, ...levels(level) }],
  });
  const RULES = [rule(0, 'R1', { defaultConfiguration: { level: 'error' } }), rule(1, 'R2')];

  function levelOf(invocations: unknown, result: Json = { ruleId: 'R1' }): string {
    const book = createRuleBook(runOf(RULES, invocations === undefined ? {} : { invocations }));
    return book.levelOf(result, book.ruleOf(result));
  }

  test.each<[string, unknown, Json | undefined, string]>([
    ['is the rule’s', undefined, undefined, 'error'],
    ['is `warning` where the rule has none', undefined, { ruleId: 'R2' }, 'warning'],
    ['is `warning` where there is no rule', [overriding('note')], { ruleId: 'R9' }, 'warning'],
    ['is that of the only invocation', [overriding('note')], undefined, 'note'],
    ['is that of an override by index', [overriding('note', { index: 0 })], undefined, 'note'],
    ['is the rule’s where the override is about another', [overriding('note', { id: 'R2' })], undefined, 'error'],
    ['is the rule’s where the override says none', [overriding(undefined)], undefined, 'error'],
    ['is the rule’s where several might be meant, whichever comes first', [overriding('note'), {}], undefined, 'error'],
    ['is the rule’s where several might be meant, also the last', [{}, overriding('note')], undefined, 'error'],
    ['is the rule’s where what was said makes no sense', [7], undefined, 'error'],
    ['is the rule’s where there was no invocation', [], undefined, 'error'],
  ])('%s', (_, invocations, result, level) => {
    expect(levelOf(invocations, result)).toBe(level);
  });

  test('is that of the invocation that found it', () => {
    const invocations = [overriding('note'), overriding('none'), {}];
    const at = (invocationIndex: unknown) => levelOf(invocations, { ruleId: 'R1', provenance: { invocationIndex } });
    expect([0, 1, 2, 3].map(at)).toEqual(['note', 'none', 'error', 'error']);
    expect([-1, 'one'].map(at)).toEqual(['error', 'error']);
    // by its index, also where it is the only one
    expect(levelOf([overriding('note')], { ruleId: 'R1', provenance: { invocationIndex: 1 } })).toBe('error');
  });
});
