import { describe, expect, test } from 'vitest';
import { type Fate, type Judged, percent, report, scoreOf } from '../../../.ci/mutation/score.ts';

function judged(file: string, fate: Fate, texts: { original?: string; replacement?: string } = {}): Judged {
  const location = { start: { line: 11, column: 4 }, end: { line: 11, column: 9 } };
  return { file, fate, location, kind: 'StringLiteral', original: "'done'", replacement: '""', ...texts };
}

describe('the score', () => {
  test('counts a mutant that no test comes by as one that survived', () => {
    const all = [judged('src/a.ts', 'noticed'), judged('src/a.ts', 'survived'), judged('src/a.ts', 'unseen')];
    expect(scoreOf(all)).toEqual({ noticed: 1, of: 3 });
  });

  test('is whole where there was nothing to notice', () => {
    expect(percent({ noticed: 0, of: 0 })).toBe(100);
    expect(percent({ noticed: 3, of: 4 })).toBe(75);
  });
});

describe('the report', () => {
  test('lists survivors with place, old and new text, then a line per folder and one over all', () => {
    const all = [
      judged('platforms/jira/wire.ts', 'noticed'),
      judged('platforms/jira/adf.ts', 'noticed'),
      judged('platforms/jira/api.ts', 'survived'),
      judged('platforms/http.ts', 'unseen', { original: 'a < b', replacement: 'a <= b' }),
    ];
    expect(report(all).split('\n')).toEqual([
      'platforms/jira/api.ts:12:5 StringLiteral',
      "- 'done'",
      '+ ""',
      '',
      'platforms/http.ts:12:5 StringLiteral, and no test comes by',
      '- a < b',
      '+ a <= b',
      '',
      'platforms 0 % (0 of 1)',
      'platforms/jira 66 % (2 of 3)',
      'over all 50 % (2 of 4)',
    ]);
  });

  test('shows no more than the beginning of a long text', () => {
    const original = Array.from({ length: 30 }, (_, at) => `line ${at}`).join('\n');
    const lines = report([judged('src/a.ts', 'survived', { original, replacement: '{}' })]).split('\n');
    expect(lines.slice(1, 8)).toEqual(['- line 0', '- line 1', '- line 2', '- line 3', '- line 4', '-   …', '+ {}']);
  });
});
