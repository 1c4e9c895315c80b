import { expect, test } from 'vitest';
import { requestsText } from '../../../../src/gate/report/requests-text.ts';

const HOST = { host: 'https://api.example.org', requests: 1, notModified: 0, retries: 0, waitedSeconds: 0 };

test('says what was asked of each host, and leaves out what is nothing', () => {
  const tracker = {
    host: 'http://127.0.0.1:8080',
    requests: 12,
    notModified: 3,
    retries: 2,
    waitedSeconds: 4.5,
    remaining: 0,
  };
  expect(requestsText([HOST, tracker])).toBe(
    'api.example.org: 1 request; 127.0.0.1:8080: 12 requests (3 unchanged), 2 retries, 4.5 s waited, 0 left',
  );
  expect(requestsText([{ ...HOST, retries: 1 }])).toBe('api.example.org: 1 request, 1 retry');
  expect(requestsText([])).toBe('');
});
