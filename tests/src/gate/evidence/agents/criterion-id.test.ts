import { describe, expect, test } from 'vitest';
import { idOf, labelled, schemeOf } from '../../../../../src/gate/evidence/agents/criterion-id.ts';

const none = schemeOf([]);

describe('one id is', () => {
  test.each([
    ['ac1', ['AC1', 'ac-1', 'AC_1', 'AC 1', 'AC.1', '(AC1)', '[AC-01]', 'ＡＣ１', 'AC #1', 'Criterion 1', 'criteria-1', 'Acceptance criterion 1', 'Acceptance Criteria #001']],
    ['fr2.1', ['FR-2.1', 'FR2.1', 'fr-2-1', 'FR-02.01']],
    ['fr21', ['FR-21', 'FR21']],
    ['us3ac2', ['US3-AC2', 'us-3.ac-2']],
    ['req-login4', ['REQ-LOGIN-4', 'Requirement login 4']],
    ['ac1a', ['AC1a', 'AC-1-A']],
    ['ac0', ['AC0', 'AC-00']],
    ['ac100', ['AC100', 'AC-0100']],
    [`ac${'1'.repeat(98)}`, [`AC${'1'.repeat(98)}`]],
    ['7', ['7', '#7.', '007']],
    ['login-page', ['login page', 'Login-Page']],
    ['', ['', ' ', '—', '#', `AC${'1'.repeat(99)}`]],
  ])('%s', (id, forms) => {
    expect(forms.map(idOf)).toEqual(forms.map(() => id));
  }); // biome-ignore format: a table
});

describe('without a story that says otherwise', () => {
  test.each<[string, string[], string]>([
    ['AC1: x', ['AC1'], 'x'],
    ['AC1 done', ['AC1'], 'done'],
    ['AC1', ['AC1'], ''],
    ['AC 1. x', ['AC 1'], 'x'],
    ['AC #1 x', ['AC #1'], 'x'],
    ['(AC1) x', ['AC1'], 'x'],
    ['[AC1]: x', ['AC1'], 'x'],
    ['**AC1** – x', ['AC1'], 'x'],
    ['**AC1:** x', ['AC1'], 'x'],
    ['`AC1` -> x', ['AC1'], 'x'],
    ['AC1 => x', ['AC1'], 'x'],
    ['AC1 → x', ['AC1'], 'x'],
    ['AC1) x', ['AC1'], 'x'],
    ['AC1|x', ['AC1'], 'x'],
    ['AC1 -1 is refused', ['AC1'], '-1 is refused'],
    ['AC1.Done', ['AC1'], 'Done'],
    ['[AC1](https://example.test/AC1) done', ['AC1'], 'done'],
    ['“AC1”: x', ['AC1'], 'x'],
    ['ＡＣ１：x', ['AC1'], 'x'],
    ['- [x] AC1: x', ['AC1'], 'x'],
    ['x (AC1)', ['AC1'], 'x'],
    ['x [AC 1].', ['AC 1'], 'x'],
    ['AC1, AC2 and AC-3: x', ['AC1', 'AC2', 'AC-3'], 'x'],
    ['[AC1], [AC2] x', ['AC1', 'AC2'], 'x'],
    ['AC1/AC2 & AC3; AC4 + AC5 x', ['AC1', 'AC2', 'AC3', 'AC4', 'AC5'], 'x'],
    ['AC1 and the rest', ['AC1'], 'and the rest'],
    ['FR-2.1 x', ['FR-2.1'], 'x'],
    ['US3-AC2 x', ['US3-AC2'], 'x'],
    ['US3.AC2 x', ['US3.AC2'], 'x'],
    ['REQ-LOGIN-4 x', ['REQ-LOGIN-4'], 'x'],
    ['LOGIN-REQ-4 x', ['LOGIN-REQ-4'], 'x'],
    ['AC1a x', ['AC1a'], 'x'],
    ['Scenario 2: x', ['Scenario 2'], 'x'],
    ['FR 2.10 x', ['FR 2.10'], 'x'],
    ['NFR 12 x', ['NFR 12'], 'x'],
    ['AC#1 x', ['AC#1'], 'x'],
    ['AC1 -', ['AC1'], ''],
    ['AC1 x, y (z) and - so', ['AC1'], 'x, y (z) and - so'],
    ['x(AC1)', ['AC1'], 'x'],
    [`AC${'1'.repeat(98)}: x`, [`AC${'1'.repeat(98)}`], 'x'],
    ...['BR-1', 'NFR-1', 'SC-1', 'TC-1', 'UC-1', 'US-1', 'us1', 'REQ1', 'US-2-EAST-1'].map(
      (id): [string, string[], string] => [`${id} x`, [id], 'x'],
    ),
    ['Acceptance criterion 2: x', ['Acceptance criterion 2'], 'x'],
    ['Requirement 2: x', ['Requirement 2'], 'x'],
  ])('%j has %j', (text, written, rest) => {
    const read = labelled(text, none);
    expect({ written: read.ids.map((one) => one.written), rest: read.rest }).toEqual({ written, rest });
  });

  test.each([
    ...['HTTP 404: x', 'HTTP404: x', 'HTTP-404: x', 'Step 1: x', 'Page 1 - x', 'IPv 6: x', 'IPv6: x', 'ISO 8601: x', 'UTF 8 x', 'UTF-8: x'],
    ...['Python 3: x', 'RFC 2119: x', 'us-east-1: x', 'US 50 states', 'S3: x', 'P1: x', 'x (HTTP 404)', 'x (see AC1)', 'AC1x2y x', 'ACx1: x'],
    ...['x (AC1) y', 'see (the AC1)', 'x [AC1] (y)'],
    ...['ACs 1', 'AC', 'AC one', 'AC 1a', 'mAC1: x', '1: x', '#12 x', '7', `AC${'1'.repeat(99)}: x`, 'the AC1: x', ''],
  ])('%j has no id', (text) => {
    expect(labelled(text, none)).toEqual({ ids: [], rest: text });
  }); // biome-ignore format: a list
});

describe('a story makes ids of', () => {
  const ids = (entries: (string | { text: string; id: string })[], text: string) => {
    const scheme = schemeOf(entries.map((entry) => (typeof entry === 'string' ? { text: entry } : entry)));
    return labelled(text, scheme).ids.map(({ id }) => id);
  };

  test('what stands beside a name is what follows it', () => {
    const scheme = schemeOf([{ text: 'a', id: 'login' }]);
    expect(labelled('(login) – done', scheme)).toEqual({ ids: [{ id: 'login', written: 'login' }], rest: 'done' });
  });

  test.each<[string, (string | { text: string; id: string })[], string, string[]]>([
    ['capitals that count its entries', ['LOGIN-4: a', 'LOGIN-5: b'], 'LOGIN-4 done', ['login4']],
    ['them without a hyphen, and in brackets', ['[R1] a', '[R2] b'], 'R2 done', ['r2']],
    ['them in any order', ['R3: a', 'R1: b', 'R2: c'], 'R1', ['r1']],
    ['further ones of the kind', ['R1: a', 'R2: b'], 'R9: c', ['r9']],
    ['them in small letters, once they are known', ['R1: a', 'R2: b'], 'r2 done', ['r2']],
    ['them with zeros', ['T001 a', 'T002 b'], 'T2 done', ['t2']],
    ['no single one', ['LOGIN-4: a', 'b'], 'LOGIN-4: a', []],
    ['them of several figures', ['R9: a', 'R10: b', 'R11: c'], 'R10 done', ['r10']],
    ['none with another end', ['R1b: a', 'R2b: a'], 'R1b: a', []],
    ['no words after a bracket', ['x (R1) a', 'x (R2) b'], 'R1 done', []],
    ['no name amid a text', [{ text: 'a', id: 'login' }], 'page (login: done', []],
    ['none that leave gaps', ['HTTP-404: a', 'HTTP-500: b'], 'HTTP-404: a', []],
    ['none that repeat', ['P1: a', 'P1: b', 'P2: c'], 'P1: a', []],
    ['none in small letters', ['IPv4: a', 'IPv5: b'], 'IPv4: a', []],
    ['none with a space', ['Step 1: a', 'Step 2: a'], 'Step 1: a', []],
    ['what a field calls so', [{ text: 'a', id: 'LOGIN-4' }], 'LOGIN-4 done', ['login4']],
    ['that with a space', [{ text: 'a', id: 'LOGIN-4' }], 'Login 4 done', ['login4']],
    ['further ones of the kind of a field', [{ text: 'a', id: 'LOGIN-4' }], 'LOGIN-9: b', ['login9']],
    ['a name in a field', [{ text: 'a', id: 'login page' }], 'Login page: done', ['login-page']],
    ['a name in a field, alone', [{ text: 'a', id: 'login' }], '**Login**.', ['login']],
    ['a name in a field, before a dash', [{ text: 'a', id: 'login' }], 'login – done', ['login']],
    ['no word of a sentence', [{ text: 'a', id: 'login' }], 'login page is there', []],
    ['a number in a field', [{ text: 'a', id: '7' }], '#7: done', ['7']],
    ['no other number', [{ text: 'a', id: '7' }], '8: done', []],
    ['no empty field', [{ text: 'a', id: '-' }], ': done', []],
  ])('%s', (_, entries, text, expected) => {
    expect(ids(entries, text)).toEqual(expected);
  }); // biome-ignore format: a table
});
