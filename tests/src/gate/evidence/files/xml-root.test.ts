import { expect, it } from 'vitest';
import { xmlRoot } from '../../../../../src/gate/evidence/files/xml-root.ts';

const table: readonly (readonly [string, ReturnType<typeof xmlRoot>])[] = [
  ['<a>', { name: 'a', tag: '<a>', offset: 0 }],
  [' \n<a b="1"/><c/>', { name: 'a', tag: '<a b="1"/>', offset: 2 }],
  ['<x:a-b.c xmlns:x="y">', { name: 'a-b.c', tag: '<x:a-b.c xmlns:x="y">', offset: 0 }],
  ['<a b="1', { name: 'a', tag: '<a b="1', offset: 0 }],
  ['<a\n', { name: 'a', tag: '<a\n', offset: 0 }],
  ['<?xml version="1.0"?><!-- <x> --><?p <y>?>\n<a/>', { name: 'a', tag: '<a/>', offset: 43 }],
  ['<!DOCTYPE a SYSTEM "b"><a/>', { name: 'a', tag: '<a/>', offset: 23 }],
  ['<!DOCTYPE a [<!ELEMENT b (c)>]><a/>', { name: 'a', tag: '<a/>', offset: 31 }],
  ['<!DOCTYPE a><a b="[]>"/>', { name: 'a', tag: '<a b="[]>"/>', offset: 12 }],
  ['<a b=\'">\' c="\'"><b/>', { name: 'a', tag: '<a b=\'">\' c="\'">', offset: 0, child: 'b' }],
  ['<a>\n<!-- <x> --><?p?>text<x:b c="1"/>', { name: 'a', tag: '<a>', offset: 0, child: 'b' }],
  ['<a>text<b', { name: 'a', tag: '<a>', offset: 0, child: 'b' }],
  ['<a></a><b/>', { name: 'a', tag: '<a>', offset: 0 }],
  ['<a><!-- never ends <b>', { name: 'a', tag: '<a>', offset: 0 }],
  ['<a>text', { name: 'a', tag: '<a>', offset: 0 }],
  ['<a b="never ends><c>', { name: 'a', tag: '<a b="never ends><c>', offset: 0 }],
  ['<!DOCTYPE a [<!ELEMENT b (c)>', undefined],
  ['<!DOCTYPE a', undefined],
  ['<!-- never ends <a>', undefined],
  ['<?xml version="1.0"', undefined],
  ['<?xml version="1.0"?>  ', undefined],
  ['<?xml version="1.0"?>text<a>', undefined],
  ['text <a>', undefined],
  ['< a>', undefined],
  ['</a>', undefined],
  ['<a', { name: 'a', tag: '<a', offset: 0 }],
  ['<a&b>', undefined],
  ['', undefined],
];

it.each(table)('the root of %j', (text, expected) => {
  expect(xmlRoot(text)).toEqual(expected);
});
