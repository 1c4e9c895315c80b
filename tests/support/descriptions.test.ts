/** What the vendors' descriptions are for: a request or an answer that is not as they say is told. */
import { readdirSync, readFileSync } from 'node:fs';
import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { linearSchema } from './linear/schema.ts';
import type { RecordedExchange } from './loopback.ts';
import { mondaySchema } from './monday/schema.ts';
import { loadSpec } from './openapi.ts';
import { testUnless } from './required.ts';

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly query?: string;
  readonly answer?: RecordedExchange['answer'];
}

/** Answered as planned, which is not checked, where no answer is given. */
function exchange({ method = 'POST', path, body, query = '', answer }: Sent): RecordedExchange {
  return {
    asked: {
      method,
      path,
      body,
      query: new URLSearchParams(query),
      headers: {},
      params: {},
      origin: '',
    },
    answer: answer ?? { status: 500 },
    ...(answer ? {} : { planned: true }),
  };
}

const TASK = { name: 'x' };
const BUILD = { type: 'build', key: 'x', state: 'SUCCESSFUL' };

describe.each([
  ['asana', '/tasks', { data: TASK }, { data: { name: 5 } }],
  ['bitbucket', '/repositories/acme/shop/commit/abc/statuses/build', BUILD, { ...BUILD, key: 5 }],
  ['clickup', '/v2/list/7/task', TASK, {}],
  ['forgejo', '/repos/acme/shop/issues', { title: 'x' }, {}],
  ['gitea', '/repos/acme/shop/issues', { title: 'x' }, { title: 'x', labels: ['bug'] }],
  ['github', '/repos/acme/shop/issues', { title: 'x' }, { title: 'x', labels: 3 }],
  ['gitlab', '/api/v4/projects/7/issues', { title: 'x' }, {}],
  ['jira', '/rest/api/3/issue', { fields: {} }, { fields: 3 }],
] as const)('the description of %s', (name, path, right, wrong) => {
  const problems = (sent: Sent) => [...new Set(loadSpec(name).violations([exchange(sent)]))];

  test('lets pass what it describes', () => {
    expect(problems({ path, body: right })).toEqual([]);
  });

  test('tells a body that is not as it says', () => {
    expect(problems({ path, body: wrong })).toEqual([expect.stringMatching(/: request .+ must /)]);
  });

  test('tells an answer that is not as it says', () => {
    const statuses = [200, 201].map((status) => problems({ path, body: right, answer: { status, json: 7 } }));
    expect(statuses.flat()).toContainEqual(expect.stringMatching(/: answer \(whole\) must be object/));
  });

  test('tells a query parameter and a path that it does not have', () => {
    expect(problems({ path, body: right, query: 'nonsense=1' })).toEqual([
      `POST ${path}: query parameter nonsense is not described`,
    ]);
    expect(problems({ path: `${path}/nonsense/of/ours` })).toEqual([
      `POST ${path}/nonsense/of/ours: not in the description`,
    ]);
  });
});

describe.each<[string, GraphQLSchema, Record<'right' | 'field' | 'argument' | 'input', string>]>([
  [
    'linear',
    linearSchema(),
    {
      right: 'mutation ($input: IssueCreateInput!) { issueCreate(input: $input) { success } }',
      field: '{ viewer { id nonsense } }',
      argument: '{ issue(id: "1", nonsense: 1) { id } }',
      input: 'mutation { issueCreate(input: { teamId: "t", title: 5 }) { success } }',
    },
  ],
  [
    'monday',
    mondaySchema(),
    {
      right: 'mutation ($id: ID!) { create_item(board_id: $id, item_name: "x") { id } }',
      field: '{ me { id nonsense } }',
      argument: '{ boards(ids: ["1"], nonsense: 1) { id } }',
      input: 'mutation { create_item(board_id: "1", item_name: 5) { id } }',
    },
  ],
])('the schema of %s', (_, schema, { right, ...wrong }) => {
  test('lets pass what it describes', () => {
    expect(validate(schema, parse(right))).toEqual([]);
  });

  test.each(Object.entries(wrong))('tells a wrong %s', (_what, query) => {
    expect(validate(schema, parse(query))).toHaveLength(1);
  });

  test('tells an answer without what must be there', async () => {
    const [{ name = '' } = {}] = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
      ({ name: own }) => own === 'viewer' || own === 'me',
    );
    const { errors } = await execute({ schema, document: parse(`{ ${name} { id } }`), rootValue: { [name]: {} } });
    expect(errors?.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Cannot return null for non-nullable/),
    ]);
  });
});

const whole = process.env['PACE_TEST_DESCRIPTIONS'] ? 'nothing is cut away from a whole description' : undefined;

testUnless(whole)('what stands beside a kept operation is not taken for it', () => {
  const path = '/repos/acme/shop/issues/events';
  expect(loadSpec('github').violations([exchange({ method: 'GET', path })])).toEqual([
    `GET ${path}: cut away from the description, see tests/descriptions/README.md`,
  ]);
});

test('each description says where it is from and what its licence is', () => {
  const folder = new URL('../descriptions/', import.meta.url);
  const files = readdirSync(folder).filter((file) => /\.(json|graphql)$/.test(file));
  const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
  const readme = read('README.md');
  for (const file of files) {
    const text = read(file);
    const source = file.endsWith('.json')
      ? JSON.parse(text)['x-source']
      : JSON.parse(text.split('\n')[0]?.slice(2) ?? '');
    expect([source.source, source.license, source.sha256], file).toEqual(Array(3).fill(expect.stringMatching(/./)));
    expect(readme, file).toContain(`\`${file}\``);
    if (source.rev) expect(readme, file).toContain(source.rev.slice(0, 8));
  }
  expect(files).toHaveLength(10);
});
