import { expect, it } from 'vitest';
import { parseJunit } from '../../../../../src/gate/evidence/tests/junit-report.ts';
import { told } from './told.support.ts';

it('refuses another root element, whoever has chosen the parser', async () => {
  expect((await told(parseJunit, '<html/>')).lines).toEqual([
    'fault report:1:8: Its root element is <html>; JUnit XML has <testsuites> or <testsuite>.',
  ]);
});
