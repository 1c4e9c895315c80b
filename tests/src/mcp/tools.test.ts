/** The list of tools: what a host pays for each session, and what some hosts refuse. */
import { describe, expect, test } from 'vitest';
import { toolsFor } from '../../../src/mcp/tools.ts';
import { mcpHere } from '../../support/mcp.ts';

const listed = toolsFor({}).map((tool) => tool.listed);

test('there are eight to ten, and together they take no more than 1,500 tokens', () => {
  expect(listed.length).toBeGreaterThanOrEqual(8);
  expect(listed.length).toBeLessThanOrEqual(10);
  expect(JSON.stringify(listed).length / 4).toBeLessThanOrEqual(1500);
});

test.each(['legacy', 'modern'] as const)(
  'a client of the %s era sees these, on one page and in a fixed order',
  async (era) => {
    const { client } = await mcpHere({ era });
    const { tools, nextCursor } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([...listed.map(({ name }) => name)].sort());
    expect(nextCursor).toBeUndefined();
    expect(JSON.parse(JSON.stringify(tools))).toEqual(JSON.parse(JSON.stringify(listed)));
    expect(client.getServerCapabilities()?.tools?.listChanged ?? false).toBe(false);
  },
);

describe.each(listed.map((each) => [each.name, each] as const))('%s', (name, { inputSchema, annotations }) => {
  test('is as its file says', async () => {
    const own = listed.find((each) => each.name === name);
    await expect(`${JSON.stringify(own, null, 2)}\n`).toMatchFileSnapshot(`tools/${name}.snap`);
  });

  test('says all four of what it may do', () => {
    expect(Object.keys(annotations).sort()).toEqual([
      'destructiveHint',
      'idempotentHint',
      'openWorldHint',
      'readOnlyHint',
    ]);
    for (const hint of Object.values(annotations)) expect(typeof hint).toBe('boolean');
    expect(annotations.readOnlyHint && annotations.destructiveHint).toBe(false);
  });

  test('has an object of plain types, and takes nothing else', () => {
    expect(inputSchema.type).toBe('object');
    expect(inputSchema['additionalProperties']).toBe(false);
    expect(JSON.stringify(inputSchema)).not.toMatch(/"(?:anyOf|oneOf|allOf|\$ref|\$defs|\$schema|not|const)"/);
    for (const [property, schema] of Object.entries(inputSchema['properties'] as Record<string, { type?: string }>)) {
      expect([property, typeof schema.type]).toEqual([property, 'string']);
      if (schema.type === 'array')
        expect([property, schema]).toEqual([property, expect.objectContaining({ items: { type: 'string' } })]);
    }
  });
});

test('those that only read are left with readOnly, and the others cannot be called', async () => {
  const { client, call } = await mcpHere({ readOnly: true });
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(
    listed.filter((each) => each.annotations.readOnlyHint).map(({ name }) => name),
  );
  expect(tools.map(({ name }) => name)).toEqual(['gate_status', 'issue_list', 'issue_ready', 'issue_show']);
  expect(await call('issue_create', { title: 'x' })).toEqual({
    isError: true,
    text: 'There is no tool “issue_create” here. Available: gate_status, issue_list, issue_ready, issue_show.',
  });
});
