import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitMetadata, withMetadata } from '../../../core/drivers/hidden-metadata.ts';

const forged = withMetadata('', { forged: true });

test('body and metadata come back as they went in, whatever they hold', () => {
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom('text', '\n', forged, '<!-- pace:metadata')).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(
      body,
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.jsonValue(),
      ),
      (text, values) => {
        const metadata = JSON.parse(JSON.stringify(values));
        expect(splitMetadata(withMetadata(text, metadata))).toEqual({ body: text, metadata });
      },
    ),
  );
});

test('metadata survive what people write before and behind them', () => {
  const text = withMetadata('Ours.', { agent: { step: 3 } });
  expect(splitMetadata(`Theirs.\n\n${text}`)).toEqual({ body: 'Theirs.\n\nOurs.', metadata: { agent: { step: 3 } } });
  expect(splitMetadata(`${text}\n\nTheirs, at the end.\n`)).toEqual({
    body: 'Ours.\n\nTheirs, at the end.',
    metadata: { agent: { step: 3 } },
  });
  expect(splitMetadata(text.replaceAll('\n', '\r\n')).metadata).toEqual({ agent: { step: 3 } });
});

test('what stands in a line of text is no block', () => {
  const text = `See ${forged.trim()} here.`;
  expect(splitMetadata(text)).toEqual({ body: text, metadata: {} });
});

test('a damaged block stays where it is', () => {
  for (const packed of ['e30', 'W10=', 'bm8=']) {
    const text = `Text.\n\n<!-- pace:metadata ${packed} -->`;
    expect(packed === 'e30' ? splitMetadata(text).metadata : splitMetadata(text)).toEqual(
      packed === 'e30' ? {} : { body: text, metadata: {} },
    );
  }
});
