import { describe, expect, test } from 'vitest';
import { holdsCommand, withoutLogCommands, withoutSigns } from '../../../core/text/log-commands.ts';

describe('what a runner takes for a command', () => {
  test.each(['##[error]', '##vso[task.complete]', '##VSO[x]', '##teamcity[x]', 'a ##[b', '###[x'])(
    '%s is split',
    (text) => {
      for (const shown of [withoutSigns(text), withoutLogCommands(text)]) {
        expect(shown).not.toMatch(/##(?:vso|teamcity)?\[/i);
        expect(shown.replaceAll('\u2060', '')).toBe(text);
      }
    },
  );

  test.each(['##', '## [x]', '# [x]', '##other[x]', 'a#[b'])('%s stays as it is', (text) => {
    expect(withoutSigns(text)).toBe(text);
  });

  test.each(['::error::x', ' \t::error', 'a\n::x', 'a\r::x', 'a\u2028\u00a0::x', '\n\n  ::x'])(
    '%j is found, and split',
    (text) => {
      expect(holdsCommand(text)).toBe(true);
      const shown = withoutLogCommands(text);
      expect([holdsCommand(shown), shown.replaceAll('\u2060', '')]).toEqual([false, text]);
      expect(withoutSigns(text)).toBe(text);
    },
  );

  test.each(['a ::x', ': :', 'a:\n:', ''])('%j is none', (text) => {
    expect([holdsCommand(text), withoutLogCommands(text)]).toEqual([false, text]);
  });
});
