import { describe, expect } from 'vitest';
import { type ErrorKind, PaceError } from '../../../core/errors.ts';
import type { IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { acceptedOrRefused, refusal } from '../refusal.ts';
import { claiming, has, saying } from './abilities.ts';
import type { OddAnswer, OddMoment } from './bench.ts';
import { keys, list, newIssue, type Suite } from './suite.ts';
import { unique } from './texts.ts';

interface Odd {
  readonly what: string;
  readonly answer: OddAnswer;
  readonly kinds: readonly ErrorKind[];
  /** Some trackers answer with a list where others have an object. */
  readonly mayBeAnEmptyList?: true;
}

/** Nothing that makes sense came back: a proxy, a login page, half an answer. */
const SENSELESS = ['unexpected', 'transient', 'configuration', 'authentication'] as const satisfies ErrorKind[];
const json = { 'content-type': 'application/json' };
const text = (body: string): OddAnswer => ({ text: body, headers: json });
const WRONG_TYPES = {
  id: {},
  iid: 'x',
  number: [],
  key: 7,
  title: 5,
  state: 7,
  body: [],
  labels: 'x',
  fields: 'x',
  data: { issue: { id: 7 }, issues: 7, project: 7, viewer: 7 },
  issues: 7,
  comments: 'x',
  values: 3,
};

const ODD: readonly Odd[] = [
  {
    what: 'a web page',
    answer: { text: '<!doctype html><html>Log in</html>', headers: { 'content-type': 'text/html' } },
    kinds: SENSELESS,
  },
  { what: 'nothing', answer: text(''), kinds: SENSELESS },
  { what: 'half an answer', answer: text('{"id": 1, "title": "cut o'), kinds: SENSELESS },
  { what: 'null', answer: text('null'), kinds: SENSELESS },
  { what: 'a bare text', answer: text('"ok"'), kinds: SENSELESS },
  { what: 'an empty object', answer: text('{}'), kinds: SENSELESS },
  { what: 'an empty list', answer: text('[]'), kinds: SENSELESS, mayBeAnEmptyList: true },
  { what: 'a list of nulls', answer: text('[null]'), kinds: SENSELESS },
  { what: 'wrong types', answer: { json: WRONG_TYPES }, kinds: SENSELESS },
  { what: 'a list of wrong types', answer: { json: [WRONG_TYPES] }, kinds: SENSELESS },
  { what: '204 and nothing', answer: { status: 204, text: '' }, kinds: SENSELESS },
  { what: '401', answer: { status: 401, json: { message: 'Bad credentials' } }, kinds: ['authentication'] },
  { what: '403', answer: { status: 403, json: { message: 'Forbidden' } }, kinds: ['permission', 'authentication'] },
  {
    what: '404',
    answer: { status: 404, json: { message: 'Not Found' } },
    kinds: ['not-found', 'permission', 'configuration'],
  },
  {
    what: '410',
    answer: { status: 410, json: { message: 'Gone' } },
    kinds: ['not-found', 'permission', 'configuration', 'unsupported', 'unexpected'],
  },
  {
    what: '429 with a time to wait',
    answer: { status: 429, headers: { 'retry-after': '1' }, json: { message: 'Too many requests' } },
    kinds: ['rate-limit'],
  },
  { what: '500 in words', answer: { status: 500, text: 'Internal Server Error' }, kinds: ['transient'] },
  {
    what: '503 of a proxy',
    answer: { status: 503, text: '<html><h1>Bad gateway</h1></html>', headers: { 'content-type': 'text/html' } },
    kinds: ['transient'],
  },
  {
    what: 'a way to another host',
    answer: { status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' }, text: '' },
    kinds: ['configuration', 'unexpected'],
  },
  { what: 'a reset of the connection', answer: 'reset', kinds: ['transient'] },
];

const ALWAYS: OddMoment = { times: 1_000_000 };

export function oddAnswerCases(suite: Suite): void {
  /** Runs the work while the server answers oddly; `undefined` where there is no server. */
  async function oddly<Result>(answer: OddAnswer, when: OddMoment, work: () => Promise<Result>): Promise<Result> {
    const withdraw = suite.bench.answerNext?.(answer, when);
    try {
      return await work();
    } finally {
      withdraw?.();
    }
  }

  const operations: Record<string, (tracker: IssueTracker, key: string) => Promise<unknown>> = {
    getIssue: (tracker, key) => tracker.getIssue(key),
    listIssues: (tracker) => collect(tracker.listIssues()),
    createIssue: (tracker) => tracker.createIssue({ title: 'Odd', body: '' }),
    updateIssue: (tracker, key) => tracker.updateIssue(key, { title: 'Odd' }),
    transitionIssue: (tracker, key) => tracker.transitionIssue(key, 'done'),
    listComments: (tracker, key) => collect(tracker.listComments(key)),
    addComment: (tracker, key) => tracker.addComment(key, 'Odd.'),
  };

  describe('odd answers', () => {
    for (const { what, answer, kinds, mayBeAnEmptyList } of ODD) {
      suite.it(`${what}: every call ends in an error that says what to do`, async ({ skip }) => {
        if (!suite.bench.answerNext) skip(`${suite.name} has no server that could answer oddly`);
        const { key } = await newIssue(suite);
        for (const [operation, call] of Object.entries(operations)) {
          if (operation === 'addComment' && !has(suite, 'comments')) continue;
          const tracker = await suite.another();
          const run = () => oddly(answer, ALWAYS, () => call(tracker, key));
          const emptyList = mayBeAnEmptyList && operation.startsWith('list');
          const result = emptyList ? await acceptedOrRefused(run, kinds) : await refusal(run, { kinds, operation });
          if (!(result instanceof PaceError)) expect(result).toEqual([]);
        }
        const fresh = await suite.another();
        expect((await fresh.getIssue(key)).key).toBe(key);
      });
    }

    suite.it('testConnection is false, and no error, when it does not', async ({ skip }) => {
      const { answerNext } = suite.bench;
      if (!answerNext) return skip(`${suite.name} has no server that could answer oddly`);
      const tracker = await suite.another();
      const withdraw = answerNext({ status: 401, json: { message: 'no' } }, { times: 10 });
      expect([await tracker.testConnection(), tracker.isConnected]).toEqual([false, false]);
      withdraw();
      expect(await (await suite.another()).testConnection()).toBe(true);
    });

    suite.it('getCurrentUser ends in an error, too, and testConnection in false', async ({ skip }) => {
      if (!suite.bench.answerNext) skip(`${suite.name} has no server that could answer oddly`);
      for (const { answer, kinds } of ODD) {
        const tracker = await suite.another();
        const run = () => oddly(answer, ALWAYS, () => tracker.getCurrentUser());
        await refusal(run, { kinds, operation: 'getCurrentUser' });
        expect(await oddly(answer, ALWAYS, () => tracker.testConnection())).toBe(false);
      }
    });

    suite.it('one bad answer among good ones: a list is whole, or an error', async ({ skip }) => {
      if (!suite.bench.answerNext) skip(`${suite.name} has no server that could answer oddly`);
      const labels = [unique()];
      const count = suite.facts.manyIssues ? 110 : 3;
      const drafts = Array.from({ length: count }, (_, index) => ({ title: `No. ${index}`, body: '', labels }));
      await suite.tracker.createMany(drafts);
      for (const { what, answer, mayBeAnEmptyList } of ODD) {
        // an empty last page is what many servers send
        if (mayBeAnEmptyList) continue;
        for (const at of [1, 2]) {
          const tracker = await suite.another();
          const run = () => oddly(answer, { at, of: 'read' }, () => collect(tracker.listIssues({ labels })));
          const issues = await acceptedOrRefused(run, [...SENSELESS, ...KINDS_OF_STATUS]);
          if (!(issues instanceof PaceError))
            expect(new Set(issues.map(({ key }) => key)).size, `${what}, ${at}`).toBe(count);
        }
      }
    });

    suite.it('one odd record in a list: it and the others are shown, and one note says so', async ({ skip }) => {
      const { spoil } = suite.bench;
      if (!spoil) return skip(`${suite.name} has no server that could answer oddly`);
      const labels = [unique()];
      const created: string[] = [];
      for (const title of ['One', 'Two', 'Three']) created.push((await newIssue(suite, { title, labels })).key);
      const [, key = ''] = created;
      const withdraw = spoil(key);
      const tracker = await suite.another();
      const before = suite.world.lines.length;
      const notes = () => suite.world.lines.slice(before).filter((line) => /could not be read whole/.test(line));
      const issues = await collect(tracker.listIssues({ labels }));
      expect(issues.map((issue) => issue.key).sort()).toEqual(created.sort());
      expect(new Set(issues.map(({ title }) => title))).toEqual(new Set(['One', '(no title)', 'Three']));
      expect(notes()).toHaveLength(1);
      expect(notes()[0]).toContain(`One record of this list`);
      expect(notes()[0]).toContain(`${key} (`);
      const shown = await tracker.getIssue(key);
      expect([shown.key, shown.title, shown.labels]).toEqual([key, '(no title)', labels]);
      expect(notes()).toHaveLength(2);
      withdraw();
      expect((await tracker.getIssue(key)).title).toBe('Two');
      expect(notes()).toHaveLength(2);
    });

    suite.it('a read is asked again after a server in trouble', async ({ skip }) => {
      if (!suite.bench.answerNext) skip(`${suite.name} has no server that could answer oddly`);
      const { key } = await newIssue(suite);
      for (const answer of ['reset', { status: 503, text: 'busy' }, { status: 429, text: '' }] as const) {
        const tracker = await suite.another();
        const run = () => oddly(answer, { of: 'read' }, () => tracker.getIssue(key));
        const issue = await acceptedOrRefused(run, ['transient', 'rate-limit']);
        if (!(issue instanceof PaceError)) expect(issue.key).toBe(key);
      }
    });

    for (const [what, answer] of [
      ['is lost', 'lost'],
      ['never comes', 'reset'],
      ['is 500', { status: 500, text: 'oops' }],
      ['is half', text('{"id": 1, "ti')],
      ['is nothing', text('')],
      ['is a web page', { text: '<html>', headers: { 'content-type': 'text/html' } }],
    ] as const) {
      suite.it(`a new issue whose answer ${what} is never there twice`, async ({ skip }) => {
        if (!suite.bench.answerNext) skip(`${suite.name} has no server that could answer oddly`);
        const labels = [unique()];
        await newIssue(suite, { labels });
        for (const at of [1, 2]) {
          const tracker = await suite.another();
          const title = `Once ${unique()}`;
          const run = () => oddly(answer, { at, of: 'write' }, () => tracker.createIssue({ title, body: '', labels }));
          const created = await acceptedOrRefused(run, SENSELESS);
          const there = (await list(suite, { labels })).filter((issue) => issue.title === title);
          expect(there.length).toBeLessThanOrEqual(1);
          if (!(created instanceof PaceError)) expect(there.map(({ key }) => key)).toEqual([created.key]);
        }
      });
    }

    saying(suite).it('a comment whose answer is lost is never there twice', async ({ skip }) => {
      if (!suite.bench.answerNext) skip(`${suite.name} has no server that could answer oddly`);
      const { key } = await newIssue(suite);
      const tracker = await suite.another();
      await refusal(() => oddly('lost', { of: 'write' }, () => tracker.addComment(key, 'Once.')), { kinds: SENSELESS });
      expect((await collect((await suite.another()).listComments(key))).length).toBe(1);
    });

    suite.it('a write that was limited is done once, when its time has come', async ({ skip }) => {
      if (!suite.bench.answerNext) skip(`${suite.name} has no server that could answer oddly`);
      const labels = [unique()];
      await newIssue(suite, { labels });
      const tracker = await suite.another();
      const limited = { status: 429, headers: { 'retry-after': '2' }, json: { message: 'slow down' } };
      const run = () =>
        oddly(limited, { of: 'write' }, () => tracker.createIssue({ title: 'Limited', body: '', labels }));
      const created = await acceptedOrRefused(run, ['rate-limit']);
      expect(await keys(suite, { labels })).toHaveLength(created instanceof PaceError ? 1 : 2);
    });

    suite.it('one item of many with an odd answer is named, the others are done', async ({ skip }) => {
      if (!suite.bench.answerNext) skip(`${suite.name} has no server that could answer oddly`);
      if (suite.bench.tracker.batch?.create) skip(`${suite.name} sends several items in one request`);
      const labels = [unique()];
      await newIssue(suite, { labels });
      const tracker = await suite.another();
      const drafts = Array.from({ length: 6 }, (_, index) => ({ title: `No. ${index}`, body: '', labels }));
      const broken = { status: 422, json: { message: 'Validation Failed', errors: [] } };
      const run = () => oddly(broken, { at: 3, of: 'write' }, () => tracker.createMany(drafts, { concurrency: 1 }));
      const answers = await run();
      const failed = answers.filter(({ ok }) => !ok);
      expect(failed.length).toBeLessThanOrEqual(1);
      for (const answer of failed) expect(answer.ok === false && answer.error.kind).toBe('validation');
      expect(await keys(suite, { labels })).toHaveLength(1 + drafts.length - failed.length);
    });

    suite.it('what could not be looked up is looked up again', async ({ skip }) => {
      if (!suite.bench.answerNext) skip(`${suite.name} has no server that could answer oddly`);
      const tracker = await suite.another();
      const kinds = [...SENSELESS, ...KINDS_OF_STATUS];
      await acceptedOrRefused(() => oddly({ status: 500, text: 'x' }, ALWAYS, () => tracker.capabilities()), kinds);
      expect(await (await suite.another()).capabilities()).toEqual(suite.can);
    });

    claiming(suite).it('a claim whose answer is lost is the agent’s own when it asks again', async ({ skip }) => {
      if (!suite.bench.answerNext) skip(`${suite.name} has no server that could answer oddly`);
      const { key } = await newIssue(suite);
      const tracker = await suite.another();
      const claim = (agent: string) => suite.tracker.claim(key, { agent, forMs: 60_000 });
      const lost = () => oddly('lost', { of: 'write' }, () => tracker.claim(key, { agent: 'ann', forMs: 60_000 }));
      await acceptedOrRefused(lost, SENSELESS);
      await acceptedOrRefused(() => claim('ben'), ['conflict']);
      const holder = (await suite.tracker.currentClaim(key))?.agent;
      expect(['ann', 'ben']).toContain(holder);
      expect((await claim(holder ?? '')).agent).toBe(holder);
    });
  });
}

const KINDS_OF_STATUS = ['permission', 'not-found', 'rate-limit', 'unsupported'] as const satisfies ErrorKind[];
