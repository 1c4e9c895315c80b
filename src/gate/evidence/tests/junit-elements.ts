/** The elements of JUnit XML that are open while a report streams by. */

import type { Attributes } from '../xml/xml.ts';
import type { TestCase } from './junit-tally.ts';

const MESSAGE_LENGTH = 2_000;
const NOT_RUN = new Set(['skipped', 'notrun', 'disabled', 'ignored', 'suppressed']);
const FAILED = new Set(['fail', 'failed', 'failure', 'error', 'errored']);

export interface OpenSuite {
  readonly name: string;
  /** Tells suites of one name apart: the same test in two browsers is two tests. */
  readonly identity: number;
  readonly file: string | undefined;
  /** Failures and errors by its own sums. */
  readonly claimed: number;
  /** Failures, errors and reruns that were seen in it. */
  seen: number;
}

export interface OpenCase {
  readonly attributes: Attributes;
  readonly suite: OpenSuite | undefined;
  failed: boolean;
  skipped: boolean;
  rerun: boolean;
  message: string;
}

/** Gives every suite its number: the same for the same attributes in the same parent. */
export function createSuiteOpener(): (attributes: Attributes, parent: OpenSuite | undefined) => OpenSuite {
  const identities = new Map<string, number>();
  return (attributes, parent) => {
    const { name = '', package: pack = '', hostname = '', id = '', file } = attributes;
    const words = [parent?.identity ?? 0, name, pack, hostname, id].join('\0');
    const identity = identities.get(words) ?? identities.size + 1;
    identities.set(words, identity);
    return {
      name: name || parent?.name || '',
      identity,
      file: file ?? parent?.file,
      claimed: whole(attributes.failures) + whole(attributes.errors),
      seen: 0,
    };
  };
}

/** Some tools say by an attribute alone what became of a test. */
export function openCase(attributes: Attributes, suite: OpenSuite | undefined): OpenCase {
  const words = [attributes.status, attributes.result].map((word) => word?.toLowerCase() ?? '');
  return {
    attributes,
    suite,
    failed: words.some((word) => FAILED.has(word)),
    skipped: words.some((word) => NOT_RUN.has(word)),
    rerun: false,
    message: '',
  };
}

export function keyOf({ attributes, suite }: OpenCase): string | undefined {
  if (!attributes.name) return undefined;
  return JSON.stringify([suite?.identity, attributes.classname, attributes.name, attributes.file]);
}

export function toTestCase({ attributes, suite, message }: OpenCase): TestCase {
  const file = attributes.file ?? suite?.file;
  const line = whole(attributes.line);
  return {
    name: nameOf(attributes, suite),
    message: saidOnce(message.trim()),
    ...(file === undefined ? {} : { file, ...(line > 0 ? { line } : {}) }),
  };
}

/** The words that stand in the attributes of a failure. */
export function failureWords({ message = '', type = '' }: Attributes): string {
  return (message || type).slice(0, MESSAGE_LENGTH);
}

/** The words and what follows them, bounded. */
export function append(message: string, text: string, gap: string): string {
  if (message.length >= MESSAGE_LENGTH) return message;
  return `${message}${message === '' ? '' : gap}${text.slice(0, MESSAGE_LENGTH)}`.slice(0, MESSAGE_LENGTH);
}

/** Most tools repeat the `message` attribute at the head of the text. */
function saidOnce(message: string): string {
  const end = message.indexOf('\n');
  const rest = message.slice(end + 1);
  return end > 0 && rest.includes(message.slice(0, end).trim()) ? rest.trim() : message;
}

function nameOf({ classname = '', name = '' }: Attributes, suite: OpenSuite | undefined): string {
  const test = name.trim() || 'unnamed test';
  const group = classname.trim() || suite?.name || '';
  return group === '' || test.startsWith(group) ? test : `${group} ${test}`;
}

function whole(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
}
