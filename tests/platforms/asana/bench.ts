import { expect } from 'vitest';
import type { Settings } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { createTracker } from '../../../platforms/asana/issues.ts';
import type { AsanaServer } from '../../support/asana.ts';
import type { RecordedExchange } from '../../support/loopback.ts';
import { loadSpec } from '../../support/openapi.ts';
import { testWorld } from '../../support/world.ts';

/** The settings that lead to a server. */
export function settingsFor({ state, apiUrl }: AsanaServer, more: Settings = {}): Settings {
  return { token: state.token, project: state.project, api_url: apiUrl, ...more };
}

export function trackerFor(server: AsanaServer, more: Settings = {}, overrides: Partial<World> = {}) {
  const world = testWorld(overrides);
  return { world, tracker: createTracker(world, settingsFor(server, more)) };
}

/** Method and path of every request since `from`. */
export function asked({ exchanges }: AsanaServer, from = 0): string[] {
  return exchanges.slice(from).map(({ asked: { method, path } }) => `${method} ${path.replace('/api/1.0', '')}`);
}

/** Holds every exchange against the vendor's description, where it is there. */
export function expectDescribed({ exchanges }: Pick<AsanaServer, 'exchanges'>): void {
  const spec = loadSpec('asana', { basePath: '/api/1.0', nullable: true });
  expect([...new Set(spec.violations(exchanges.map(asDescribed)))]).toEqual([]);
}

/**
 * The description writes values of custom fields as texts where its own words say that numbers and null are meant, and a parent
 * as a text where its words say that null takes it away.
 */
function asDescribed(exchange: RecordedExchange): RecordedExchange {
  const { body } = exchange.asked;
  const data = (body as { data?: Record<string, unknown> } | undefined)?.data;
  if (!data) return exchange;
  const { custom_fields: values, parent, ...rest } = data;
  const described = {
    ...rest,
    ...(values ? { custom_fields: Object.fromEntries(Object.keys(values).map((gid) => [gid, 'a value'])) } : {}),
    ...(parent === undefined ? {} : { parent: parent ?? '1' }),
  };
  return { ...exchange, asked: { ...exchange.asked, body: { data: described } } };
}
