/**
 * The writes that were sent to a hosted tracker and have no answer yet: `.pace/hosted.jsonl`. A write is in it before it is sent, with
 * the key that makes a second sending harmless. Who asks for the same again goes on with that key; what was answered is never
 * answered from here.
 */
import { createHash } from 'node:crypto';
import { PaceError } from '../errors.ts';
import { keptOf } from '../kept/open-kept.ts';
import { isRecord } from '../record.ts';
import type { World } from '../world.ts';

export interface HostedOperation {
  /** What goes into `Idempotency-Key`. */
  readonly key: string;
  /** What the server calls it, once it has said so. */
  readonly operationId?: string;
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** An earlier run has begun it. */
  readonly isEarlier: boolean;
}

export interface WhatIsWritten {
  readonly origin: string;
  readonly team: string;
  readonly path: string;
  readonly body: unknown;
}

export interface HostedJournal {
  /** On the disk on return. The same that was begun and never answered, else a new one. Throws where nothing can be kept. */
  begin(what: WhatIsWritten): HostedOperation;
  /** The server does it in its own time, and calls it so. */
  accepted(operation: HostedOperation, id: string): void;
  /** What has become of it is known. */
  ended(operation: HostedOperation, how: 'answered' | 'refused'): void;
  /** Nobody works at it any more, and nobody knows what has become of it. */
  left(operation: HostedOperation): void;
  /** Those that have no end. */
  open(): HostedOperation[];
}

const FILE = 'hosted.jsonl';
/** More lines are rewritten to those that count. */
const MOST_LINES = 500;
/** No service remembers a key for longer, and nobody asks for the same. */
const LONGEST_MS = 7 * 24 * 3_600_000;

interface Entry extends HostedOperation {
  readonly digest: string;
}

type JournalWorld = Pick<World, 'cwd' | 'env' | 'log' | 'redact' | 'now' | 'kept'>;

export function hostedJournal(world: JournalWorld): HostedJournal {
  const kept = keptOf(world);
  /** Under way in this very process: the same asked for a second time is another intent. */
  const underWay = new Set<string>();

  function entries(): { readonly open: Entry[]; readonly lines: number } {
    const lines = (kept.read(FILE)?.toString('utf8') ?? '').split('\n').filter(Boolean);
    const open = new Map<string, Entry>();
    for (const line of lines) readLine(open, line);
    const isRecent = ({ at }: Entry) => at > world.now() - LONGEST_MS;
    return { open: [...open.values()].filter(isRecent), lines: lines.length };
  }

  function add(line: Readonly<Record<string, unknown>>): void {
    kept.append(FILE, `${JSON.stringify(line)}\n`);
  }

  return {
    begin: (what) => {
      const { open, lines } = entries();
      const { refusal } = kept;
      if (refusal) throw new PaceError({ kind: 'configuration', ...refusal });
      if (lines > MOST_LINES) kept.write(FILE, open.map((entry) => `${lineOf(entry)}\n`).join(''));
      const digest = digestOf(what);
      const known = open.find((entry) => entry.digest === digest && !underWay.has(entry.key));
      const operation = known ?? { ...newEntry(what.path, world.now()), digest };
      underWay.add(operation.key);
      if (!known) kept.append(FILE, `${lineOf(operation)}\n`);
      return operation;
    },
    accepted: ({ key }, id) => add({ key, operation: id }),
    ended: ({ key }, how) => {
      underWay.delete(key);
      add({ key, end: how });
    },
    left: ({ key }) => void underWay.delete(key),
    open: () => entries().open,
  };
}

function newEntry(path: string, at: number): Omit<Entry, 'digest'> {
  // no two may be the same: `world.random` would not do
  return { key: crypto.randomUUID(), path, at, isEarlier: false };
}

/** What is written itself stays out of it. */
function digestOf({ origin, team, path, body }: WhatIsWritten): string {
  return createHash('sha256')
    .update(JSON.stringify([origin, team, path, body]))
    .digest('hex');
}

function lineOf({ key, path, at, digest, operationId }: Entry): string {
  return JSON.stringify({ key, path, at: new Date(at).toISOString(), digest, operation: operationId });
}

const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const OPERATION_ID = /^[\w.:-]{1,128}$/;

/** What is no line of this journal says nothing. */
function readLine(open: Map<string, Entry>, line: string): void {
  const { key, path, at, digest, operation, end } = recordIn(line);
  if (typeof key !== 'string' || !KEY.test(key)) return;
  if (end !== undefined) {
    open.delete(key);
    return;
  }
  const known = open.get(key);
  const isId = typeof operation === 'string' && OPERATION_ID.test(operation);
  const told = isId ? { operationId: operation } : {};
  if (known) open.set(key, { ...known, ...told });
  else if (typeof digest === 'string' && typeof path === 'string')
    open.set(key, { key, path, digest, at: Date.parse(String(at)) || 0, isEarlier: true, ...told });
}

function recordIn(line: string): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(line);
    return isRecord(found) ? found : {};
  } catch {
    return {};
  }
}
