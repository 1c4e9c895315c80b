import { describe, expect, test } from 'vitest';
import { type Kind, verdictBench } from './bench.ts';
import { chapters, type Situation } from './situations.ts';

const KINDS: readonly Kind[] = ['day', 'change'];

describe.each(chapters)('$title', ({ situations }) => {
  test.each(rows(situations))('%s: a %s', async (_, kind, situation) => {
    const bench = await verdictBench(situation);
    await situation.before?.(bench);
    expect(await bench.judge(kind)).toEqual(situation.outcome[kind]);
  });
});

function rows(situations: readonly Situation[]): [string, Kind, Situation][] {
  return situations.flatMap((situation) =>
    KINDS.map((kind): [string, Kind, Situation] => [situation.title, kind, situation]),
  );
}
