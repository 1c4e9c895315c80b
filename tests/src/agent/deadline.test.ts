/** Work that has to end at a deadline. */
import { expect, test } from 'vitest';
import { deadlineIn } from '../../../src/agent/deadline.ts';
import { testWorld } from '../../support/world.ts';

/** A world whose deadline comes when the test says so. */
function bench() {
  let fire: () => void = () => undefined;
  const spans: number[] = [];
  const calledOff: number[] = [];
  const signals: AbortSignal[] = [];
  const world = testWorld({
    after: (milliseconds, work) => {
      spans.push(milliseconds);
      fire = work;
      return () => void calledOff.push(milliseconds);
    },
    fetch: (_, init) =>
      new Promise((_resolve, reject) => {
        const signal = init?.signal;
        if (!signal) return;
        signals.push(signal);
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  });
  return { world, spans, calledOff, signals, fire: () => fire() };
}

test('what is done in time is given, and what fails in time fails', async () => {
  const { world, spans, calledOff } = bench();
  const deadline = deadlineIn(world, 5000);
  expect(await deadline.inTime(Promise.resolve('done'))).toBe('done');
  await expect(deadline.inTime(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  await deadline.end();
  expect([spans, calledOff]).toEqual([[5000], [5000]]);
});

test('at the deadline what is under way is late, and its request is ended', async () => {
  const { world, fire, signals } = bench();
  const deadline = deadlineIn(world, 5000);
  const asked = deadline.world.fetch('https://example.org/');
  const late = deadline.inTime(asked);
  fire();
  expect(await late).toBeUndefined();
  await expect(asked).rejects.toThrow('aborted');
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(await deadline.inTime(Promise.reject(new Error('ended by us')))).toBeUndefined();
});

test('a request keeps the signal that it was given', async () => {
  const { world } = bench();
  const own = new AbortController();
  const asked = deadlineIn(world, 5000).world.fetch('https://example.org/', { signal: own.signal });
  own.abort(new Error('by its own'));
  await expect(asked).rejects.toThrow('by its own');
});

test('a wait ends with it', async () => {
  const { world, fire } = bench();
  const deadline = deadlineIn(world, 5000);
  fire();
  await expect(deadline.world.sleep(1000)).rejects.toThrow('aborted');
});

test('what was opened is closed at its end, the last first, whatever one of them says', async () => {
  const { world } = bench();
  const deadline = deadlineIn(world, 5000);
  const closed: string[] = [];
  deadline.world.atEnd(async () => void closed.push('first'));
  deadline.world.atEnd(() => Promise.reject(new Error('stuck')));
  deadline.world.atEnd(async () => void closed.push('last'));
  await deadline.end();
  expect([closed, world.endings]).toEqual([['last', 'first'], []]);
});
