import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCHEMA_URL } from '../../../core/version.ts';
import { initialText } from '../../../src/config/initial-text.ts';
import { check, problemsIn } from './check.ts';

describe('the first configuration', () => {
  test('is short, and says what was found', async () => {
    const text = initialText({
      ...{
        product: 'Acme: "API"',
        ci: 'github',
        tracker: 'local',
        startDate: '2026-01-05',
        timeZone: 'Europe/Berlin',
      },
      evidence: [
        { type: 'junit', name: 'unit tests', path: '**/TEST-*.xml', found: '2 files:\n  JUnit XML' },
        { type: 'sarif', name: 'code scan', path: '**/*.sarif', found: '1 file: SARIF' },
      ],
    });
    expect(text).toBe(`# yaml-language-server: $schema=${SCHEMA_URL}
# Every other key, with its default: pace.config.example.yaml
product:
  name: 'Acme: "API"'
platform:
  ci: github
  tracker: local
sprint:
  start_date: 2026-01-05 # day 1
  timezone: Europe/Berlin
gate:
  mode: enforce # observe: judge and report only, never block
evidence:
  # 2 files: JUnit XML
  - type: junit
    name: unit tests
    path: "**/TEST-*.xml"
  # 1 file: SARIF
  - type: sarif
    name: code scan
    path: "**/*.sarif"
`);
    expect((await check(text)).config).toMatchObject({
      ...{ product: { name: 'Acme: "API"' }, platform: { ci: 'github', tracker: 'local' } },
      evidence: [{ type: 'junit' }, { type: 'sarif' }],
    });
  });

  test('works with nothing found', async () => {
    const text = initialText({ schema: 'https://example.org/pace.schema.json' });
    expect(await problemsIn(text)).toEqual([]);
    expect(text.split('\n').length).toBeLessThan(20);
    expect(text).toContain('$schema=https://example.org/pace.schema.json');
  });

  test('is valid whatever the product is called', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (product) => {
        const { config } = await check(initialText({ product }));
        expect(config.product.name).not.toBe('');
      }),
      { numRuns: 60 },
    );
  });
});
