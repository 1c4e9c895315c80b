import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixture, workspace } from '../workspace.support.ts';
import { at, log, readIn, result, run } from './logs.support.ts';

const cwd = workspace();
const outcome = async (log: unknown) =>
  (await readIn(cwd, { 's.sarif': log }, { on_broken: 'advisory' })).findings.map((finding) => finding.result);

const logs = readdirSync(new URL('../fixtures/sarif', import.meta.url))
  .filter((name) => name.endsWith('.sarif'))
  .map((name) => fixture(`sarif/${name}`).trimEnd());
const part = fc.double({ min: 0, max: 1, noNaN: true });

describe('whatever a log holds', () => {
  test('one that breaks off is never an exception and never a pass', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...logs), part, async (text, where) => {
        expect(await outcome(text.slice(0, 1 + Math.floor(where * (text.length - 2))))).toEqual(['ADVISORY']);
      }),
      { numRuns: 200 },
    );
  });

  test('one with anything put into it is never an exception', async () => {
    const noise = fc.oneof(fc.string(), fc.constantFrom('null', '[]', '{}', '-1', '"x"', ',', '\u0000', '\\u0000'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...logs), part, noise, async (text, where, put) => {
        const place = Math.floor(where * text.length);
        expect((await outcome(text.slice(0, place) + put + text.slice(place))).length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  test('one of any shape is never an exception', async () => {
    const keys = ['tool', 'driver', 'extensions', 'rules', 'results', 'invocations', 'locations', 'physicalLocation', 'artifactLocation',
      'uri', 'index', 'region', 'message', 'suppressions', 'level', 'ruleId', 'rule', 'ruleIndex', 'originalUriBaseIds', 'uriBaseId',
      'toolExecutionNotifications', 'notifications', 'descriptor', 'exception', 'conversion', 'invocation', 'executionSuccessful',
      'versionControlProvenance', 'revisionId', 'fingerprints', 'partialFingerprints', 'properties', 'security-severity', 'kind',
      'analysisTarget', 'externalPropertyFileReferences', 'arguments', 'messageStrings', 'id', 'text']; // biome-ignore format: a list
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(null, 0, -1, 1.5, '', 'error', '../x', true, false),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 5 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.constantFrom(...keys), tree), { maxLength: 3 }), async (runs) => {
        expect((await outcome({ version: '2.1.0', runs })).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test('a result that fails holds, whatever else the run says of itself', async () => {
    const odd = fc.constantFrom(null, 0, '', 'x', true, false, [], {}, [{}], [null], [{ executionSuccessful: true }]);
    const names = ['invocations', 'artifacts', 'originalUriBaseIds', 'conversion', 'externalPropertyFileReferences', 'baselineGuid', 'taxonomies'];
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), odd), async (more) => {
        expect(await outcome(log(run([result({ locations: at('a.ts') })], more)))).toContain('FAIL');
      }),
      { numRuns: 100 },
    );
  }); // biome-ignore format: a list
});
