/** Whether data from a file are a delivery: a known kind with every field of its type, bounded, and no other field. Pure. */
import { isRecord } from '../../core/record.ts';
import { MAX_DAY } from '../plan/day-number.ts';
import { type Delivery, OPERATIONS } from './delivery.ts';

type Fits = (value: unknown) => boolean;

/** More than any text of ours; what is shown of it is cut where it is sent. */
const LONGEST_TEXT = 500_000;
const LONGEST_NAME = 300;
const MOST_ITEMS = 10_000;
/** Of a commit, in SHA-256. */
const LONGEST_HASH = 64;
/** That a host takes. */
const LONGEST_ADDRESS = 8000;

const STATES: readonly unknown[] = ['success', 'failure', 'pending', 'error'];

const item = shape({ id: text(LONGEST_NAME), finding: text(LONGEST_TEXT) });
const sha = text(LONGEST_HASH);
const key = optional(text(LONGEST_NAME));

/** Beside `kind` and `day`. */
const FIELDS: Readonly<Record<Delivery['kind'], Readonly<Record<string, Fits>>>> = {
  escalate: { sha, reason: text(LONGEST_TEXT), report: text(LONGEST_TEXT), jobUrl: text(LONGEST_ADDRESS), key },
  resolve: { sha, key },
  pause: {},
  'clear-advisories': { ids: list(text(LONGEST_NAME)) },
  'push-advisories': { agent: text(LONGEST_NAME), items: list(item) },
  review: {
    ...{ sha, contextNote: text(LONGEST_TEXT), openAdvisories: list(item) },
    reviewers: list(text(LONGEST_NAME)),
  },
  story: {},
  handoff: {},
  'plan-issue': { key: text(LONGEST_NAME) },
  summary: { markdown: text(LONGEST_TEXT) },
  status: {
    sha,
    status: shape({
      ...{ context: text(LONGEST_NAME), state: (value) => STATES.includes(value), description: text(LONGEST_TEXT) },
      url: optional(text(LONGEST_ADDRESS)),
    }),
  },
};

export function isDelivery(data: unknown): data is Delivery {
  if (!isRecord(data)) return false;
  const { kind, day, ...rest } = data;
  if (typeof kind !== 'string' || !isKind(kind)) return false;
  return isDay(day) && shape(FIELDS[kind])(rest);
}

function isKind(kind: string): kind is Delivery['kind'] {
  return Object.hasOwn(OPERATIONS, kind);
}

/** Day 0: the sprint has not begun. */
function isDay(day: unknown): boolean {
  return Number.isInteger(day) && Number(day) >= 0 && Number(day) <= MAX_DAY;
}

function text(max: number): Fits {
  return (value) => typeof value === 'string' && value.length <= max;
}

function list(fits: Fits): Fits {
  return (value) => Array.isArray(value) && value.length <= MOST_ITEMS && value.every(fits);
}

function optional(fits: Fits): Fits {
  return (value) => value === undefined || fits(value);
}

function shape(fields: Readonly<Record<string, Fits>>): Fits {
  return (value) =>
    isRecord(value) &&
    Object.keys(value).every((name) => Object.hasOwn(fields, name)) &&
    Object.entries(fields).every(([name, fits]) => fits(value[name]));
}
