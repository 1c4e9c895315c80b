import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { refusingAddress } from './refusing.ts';

test('an address that refuses goes on refusing, since nobody else can listen there', async () => {
  const refusing = await refusingAddress();
  const refused = () => expect(fetch(refusing.origin)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await refused();
  const late = createServer();
  const error = new Promise((resolve) => late.once('error', resolve));
  late.listen(Number(new URL(refusing.origin).port), '127.0.0.1');
  expect(await error).toMatchObject({ code: 'EADDRINUSE' });
  await refused();
  await refusing.close();
});
