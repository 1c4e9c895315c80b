/** What `type: http` takes besides what all evidence does: the question, and what its answer means. */
import { z } from 'zod';
import { parseJsonPath } from './json-path.ts';
import { holdsReference } from './secrets.ts';
import { text } from './values.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const WITHOUT_BODY = ['GET', 'HEAD'];

/** What the connection itself sets. https://fetch.spec.whatwg.org/#forbidden-request-header */
const OF_THE_CONNECTION =
  /^(?:host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|keep-alive|proxy-.*)$/i;
const ALWAYS_SECRET = /^(?:authorization|cookie)$/i;
// https://www.rfc-editor.org/rfc/rfc9110#name-tokens
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const headers = z
  .record(z.string(), text)
  .superRefine((given, context) => {
    for (const [name, value] of Object.entries(given)) {
      const message = wrongHeader(name, value);
      if (message) context.addIssue({ code: 'custom', path: [name], message });
    }
  })
  .default({});

function wrongHeader(name: string, value: string): string | undefined {
  if (!HEADER_NAME.test(name)) return 'cannot be the name of a header';
  if (OF_THE_CONNECTION.test(name)) return 'is a header that the connection sets by itself';
  if (ALWAYS_SECRET.test(name) && !holdsReference(value))
    return 'holds a secret, which must not be in this file; please write `env:NAME`, or `Bearer env:NAME`';
  return isHeaderText(value) ? undefined : 'cannot be sent: a header is one line of Latin characters';
}

/** https://fetch.spec.whatwg.org/#header-value */
export function isHeaderText(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

const url = text
  .refine(isAddress, 'is not an address that begins with http:// or https://')
  .refine((value) => !hasLogin(value), 'holds a name or a password; please send them as a header with `env:NAME`');

/** `{day}` and `{sha}` may stand anywhere in it. */
function sample(value: string): URL | null {
  return URL.parse(value.replaceAll('{day}', '1').replaceAll('{sha}', 'c0ffee'));
}

function isAddress(value: string): boolean {
  return /^https?:$/.test(sample(value)?.protocol ?? '');
}

function hasLogin(value: string): boolean {
  const { username = '', password = '' } = sample(value) ?? {};
  return username !== '' || password !== '';
}

const plainValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const statusWord = z.union([z.number(), z.string()]);

function isStatus(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isStatus);
  return /^[1-5](?:\d\d|xx)$/i.test(String(value));
}

function isPattern(value: string): boolean {
  try {
    new RegExp(value, 'u');
    return true;
  } catch {
    return false;
  }
}

const condition = z
  .strictObject({
    status: z
      .union([statusWord, z.array(statusWord)])
      .refine(isStatus, 'is neither a status such as 200 nor a class of them such as 2xx')
      .optional()
      .describe('The status of the answer: `200`, `2xx`, or a list of these.'),
    json: text
      .refine((value) => parseJsonPath(value) !== undefined, 'is not a path such as $.state or phases[0].state')
      .optional()
      .describe('A place in the JSON of the answer: `$.state`, `phases[0].state`, `items[-1]`, `["a.b"]`.'),
    equals: plainValue.optional().describe('Text, number, true, false or null: the very value.'),
    not_equals: plainValue.optional().describe('There is a value, and it is another.'),
    in: z.array(plainValue).min(1).optional().describe('The value is one of these.'),
    matches: text
      .refine(isPattern, 'is not a regular expression')
      .optional()
      .describe('A regular expression that is found in the text.'),
    at_least: z.number().optional().describe('The number, or text that is one, is not below.'),
    at_most: z.number().optional().describe('The number, or text that is one, is not above.'),
    exists: z.boolean().optional().describe('Whether the place is there at all; null is there.'),
  })
  .superRefine(({ status, json, ...wanted }, context) => {
    const words = Object.entries(wanted).flatMap(([key, value]) => (value === undefined ? [] : [key]));
    if (json === undefined && status === undefined)
      context.addIssue({ code: 'custom', message: 'needs `status`, or `json` with a path' });
    const [first] = words;
    if (json === undefined && first !== undefined)
      context.addIssue({ code: 'custom', path: [first], message: 'belongs to a `json` beside it, which is missing' });
    if (json !== undefined && first === undefined)
      context.addIssue({
        code: 'custom',
        path: ['json'],
        message: 'needs one of `equals`, `not_equals`, `in`, `matches`, `at_least`, `at_most`, `exists` beside it',
      });
  });

export type Condition = z.infer<typeof condition>;

const CONDITION = '`status`, or `json` with `equals`, `not_equals`, `in`, `matches`, `at_least`, `at_most` or `exists`';

export const httpSettings = {
  url: url
    .describe(
      'Whom to ask. `{day}` and `{sha}` stand for the day and the judged commit. Redirects are followed on the same host only.',
    )
    .meta({ examples: ['https://deploy.example.org/api/releases/{sha}'] }),
  method: z
    .enum(METHODS)
    .optional()
    .describe('How it is asked: GET, or POST where there is a body, when absent.')
    .meta({ examples: ['POST'] }),
  headers: headers
    .describe(
      'What is sent with it. `env:NAME` is replaced by that variable, alone or within a text: `Bearer env:NAME`.',
    )
    .meta({ title: 'mapping' }),
  body: z
    .union([text, z.record(z.string(), z.unknown())])
    .refine(canBeSent, 'cannot be sent as JSON: it holds itself')
    .meta({ title: 'text or mapping' })
    .optional()
    .describe('What is sent: a text as it is, a mapping as JSON. `{day}` and `{sha}` are replaced.')
    .meta({ examples: [{ commit: '{sha}' }] }),
  pass: z
    .array(condition)
    .min(1)
    .optional()
    .describe(`Passes when all of these hold; with a status of 2xx when absent. Each is ${CONDITION}.`)
    .meta({ examples: [[{ json: '$.state', equals: 'ready' }]] }),
  fail: z
    .array(condition)
    .default([])
    .describe('Fails at once when one of these holds. They are written like those of `pass`.')
    .meta({ examples: [[{ json: '$.state', in: ['failed', 'rolled back'] }]] }),
  interval_seconds: z
    .number()
    .min(1)
    .max(3_600)
    .default(10)
    .describe('Asked again after this time, as long as it neither passes nor fails.'),
  deadline_seconds: z
    .number()
    .positive()
    .max(21_600)
    .default(300)
    .describe('What has neither passed nor failed by then is UNKNOWN.'),
  timeout_seconds: z.number().positive().max(300).default(10).describe('One answer is waited for this long.'),
};

/** An alias may lead to the very mapping that it stands in. */
function canBeSent(body: unknown): boolean {
  try {
    return JSON.stringify(body) !== undefined;
  } catch {
    return false;
  }
}

/** What the keys mean to each other. */
export function httpMistakes(
  { method, body }: { method?: string | undefined; body?: unknown },
  context: z.RefinementCtx,
): void {
  if (body === undefined || method === undefined || !WITHOUT_BODY.includes(method)) return;
  context.addIssue({
    code: 'custom',
    path: ['body'],
    message: `cannot be sent with ${method}; please leave \`method\` out, or set another`,
  });
}
