import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eachLine } from '../../../../../src/gate/evidence/files/each-line.ts';
import { workspace } from '../workspace.support.ts';

async function lines(content: string): Promise<{ told: [number, string][]; count: number }> {
  const cwd = workspace({ a: content });
  const told: [number, string][] = [];
  const file = { path: 'a', realPath: join(cwd, 'a'), size: statSync(join(cwd, 'a')).size, writtenAt: 0 };
  const count = await eachLine(file, (line, number) => told.push([number, line]));
  return { told, count };
}

describe('the lines of a file', () => {
  const table: readonly (readonly [string, readonly [number, string][]])[] = [
    [
      'a\nb\n',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'a\r\n\r\nb',
      [
        [1, 'a'],
        [2, ''],
        [3, 'b'],
      ],
    ],
    ['\n', [[1, '']]],
    ['a\rb\r', [[1, 'a\rb']]],
  ];
  it.each(table)('%j', async (content, expected) => {
    expect(await lines(content)).toEqual({ told: expected, count: expected.length });
  });

  it('may be longer than what is read at once', async () => {
    const long = 'x'.repeat(600_000);
    expect(await lines(`${long}\n${long}\ny`)).toEqual({
      told: [
        [1, long],
        [2, long],
        [3, 'y'],
      ],
      count: 3,
    });
  });

  it('may end where a piece ends', async () => {
    const exact = 'x'.repeat(256 * 1024 - 1);
    expect(await lines(`${exact}\ny`)).toEqual({
      told: [
        [1, exact],
        [2, 'y'],
      ],
      count: 2,
    });
  });
});
