import { expect, test } from 'vitest';
import { PaceError } from '../../core/errors.ts';
import { createFaults } from '../../core/faults.ts';
import { testWorld } from '../support/world.ts';

const trouble = (message: string) => new PaceError({ kind: 'transient', message, remedy: 'Please wait.' });

test('trouble is kept in the order in which it was met, said once, and the run goes on', async () => {
  const world = testWorld();
  const faults = createFaults(world);
  const { list } = faults;
  expect(await faults.caught('first', 'nothing', () => Promise.reject(trouble('down')))).toBe('nothing');
  expect(await faults.caught('second', 'nothing', async () => 'done')).toBe('done');
  expect(faults.add('third', trouble('full'))).toBe(list[1]);
  expect(list).toEqual([
    { operation: 'first', message: 'down', remedy: 'Please wait.' },
    { operation: 'third', message: 'full', remedy: 'Please wait.' },
  ]);
  expect(world.lines).toEqual(['warn: first: down Please wait.', 'warn: third: full Please wait.']);
});

test('the same trouble met again is kept again, and said once', () => {
  const world = testWorld();
  const faults = createFaults(world);
  for (const message of ['full', 'full', 'gone', 'full']) faults.add('writeJournal', trouble(message));
  expect(faults.list.map(({ message }) => message)).toEqual(['full', 'full', 'gone', 'full']);
  expect(world.lines).toEqual(['warn: writeJournal: full Please wait.', 'warn: writeJournal: gone Please wait.']);
});

test('what is thrown at once is caught as well', async () => {
  const faults = createFaults(testWorld());
  const work = (): Promise<number> => {
    throw new TypeError('no such thing');
  };
  expect(await faults.caught('look', 0, work)).toBe(0);
  expect(faults.list).toMatchObject([{ operation: 'look', message: 'no such thing' }]);
});

test('no secret, no second line and no endless text is kept', () => {
  const world = testWorld({ redact: (text) => text.replaceAll('hunter2', '***') });
  const faults = createFaults(world);
  faults.add('look', trouble(`hunter2\n${'x'.repeat(2000)}`));
  const [fault] = faults.list;
  expect(fault?.message).toMatch(/^\*\*\* x+/);
  expect(fault?.message.length).toBeLessThanOrEqual(1000);
  expect(JSON.stringify([faults.list, world.lines])).not.toContain('hunter2');
});

test('two runs do not share their trouble', () => {
  const [one, other] = [createFaults(testWorld()), createFaults(testWorld())];
  one.add('look', trouble('down'));
  expect([one.list.length, other.list.length]).toEqual([1, 0]);
});

test('tells what kind of trouble an operation has met last', () => {
  const faults = createFaults(testWorld());
  const refusal = (kind: 'permission' | 'transient') => new PaceError({ kind, message: 'No.', remedy: 'Please ask.' });
  expect(faults.lastKind('setVariable')).toBeUndefined();
  faults.add('setVariable', refusal('permission'));
  expect([faults.lastKind('setVariable'), faults.lastKind('getVariable')]).toEqual(['permission', undefined]);
  faults.add('setVariable', refusal('transient'));
  faults.add('getVariable', new Error('x'));
  expect([faults.lastKind('setVariable'), faults.lastKind('getVariable')]).toEqual(['transient', 'unexpected']);
});
