import { describe, expect, test } from 'vitest';
import { isSameOrigin, webAddress } from '../../../core/text/web-address.ts';

describe('the address of a web page', () => {
  test.each([
    'https://host.test',
    'http://host.test:8080/a/b?c=d&e=%20#pace-job-7',
    "https://host.test/~ann/(1)/[2]/x!*',;@$+-_.=",
  ])('%s stays as it is', (url) => {
    expect(webAddress(url)).toBe(url);
  });

  test.each([
    ['https://host.test/a b', 'https://host.test/a%20b'],
    ['https://host.test/>x<', 'https://host.test/%3Ex%3C'],
    ['https://host.test/a\n/close', 'https://host.test/a/close'],
    ['https://host.test/ä', 'https://host.test/%C3%A4'],
    [' https://host.test/ ', 'https://host.test/'],
  ])('%j cannot break out of a link', (url, expected) => {
    expect(webAddress(url)).toBe(expected);
  });

  test.each(['', 'x', '/a', 'javascript:alert(1)', 'ftp://host.test', 'https://ann@host.test', 'https://:x@host.test', 'xhttps://host.test', 'httpsx://host.test'])('%j is none', (url) => {
    expect(webAddress(url)).toBe('');
  }); // biome-ignore format: one line

  test('has at most 4000 characters', () => {
    const url = (length: number) => `https://host.test/${'x'.repeat(length - 18)}`;
    expect(webAddress(url(4000))).toBe(url(4000));
    expect(webAddress(url(4001))).toBe('');
  });
});

test.each([
  ['https://host.test/a', 'https://host.test/b?c', true],
  ['https://host.test:443/a', 'https://host.test', true],
  ['https://host.test', 'http://host.test', false],
  ['https://host.test', 'https://host.test:8443', false],
  ['https://host.test', 'https://host.test.evil.example', false],
  ['javascript:a', 'javascript:a', false],
  ['', '', false],
  ['https://host.test', '', false],
])('%j and %j are on one server: %s', (one, other, expected) => {
  expect([isSameOrigin(one, other), isSameOrigin(other, one)]).toEqual([expected, expected]);
});
