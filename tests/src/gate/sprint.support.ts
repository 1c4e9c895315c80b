/** A sprint of whole runs in this process, on the embedded platform. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect } from '../../../core/tracker/collect.ts';
import { openTracker } from '../../../platforms/index.ts';
import local from '../../../platforms/local/index.ts';
import { gate } from '../../../src/commands/gate.ts';
import type { Report } from '../../../src/gate/report.ts';
import { junitXml } from '../../support/workspace.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';
import { checkout } from './parts.support.ts';

export const LOCAL = 'platform: { ci: local, tracker: local }\nci: { enabled: false }\n';
export const JUNIT = 'evidence: [{ name: unit, type: junit, path: report.xml }]\n';
export const START = Date.parse('2026-03-02T09:00:00Z');

export interface Options {
  readonly attempt?: string;
  readonly dryRun?: boolean;
  readonly config?: string;
  readonly env?: Record<string, string>;
}

export interface Ran {
  readonly report: Report;
  readonly exitCode: number;
  readonly world: TestWorld;
  readonly reportPath: string;
}

export interface Sprint {
  readonly cwd: string;
  write(files: Readonly<Record<string, string>>): void;
  /** A later run of a day, an hour after the one before. */
  run(day: number, options?: Options): Promise<Ran>;
  /** The same of a change. */
  change(id: string, options?: Options): Promise<Ran>;
  issues(): Promise<string[]>;
}

export function sprint(config: string, files: Readonly<Record<string, string>> = {}): Sprint {
  const cwd = checkout({ 'pace.config.yaml': `${LOCAL}${config}`, 'report.xml': junitXml('adds'), ...files });
  let hours = 0;
  function worldNow(more: Record<string, string> = {}): TestWorld {
    hours += 1;
    const env = { PATH: process.env['PATH'], HOME: cwd, GIT_CEILING_DIRECTORIES: join(cwd, '..'), PACE_AGENT: 'tester', ...more };
    return testWorld({ cwd, env, random: Math.random, start: START + hours * 3_600_000 });
  }
  async function ran(subject: { day: string } | { change: string }, { env, ...options }: Options = {}): Promise<Ran> {
    const world = worldNow(env);
    return { world, ...(await gate(world, { ...subject, ...options })) };
  }
  return {
    cwd,
    write: (wanted) => {
      for (const [name, text] of Object.entries(wanted)) {
        mkdirSync(join(cwd, name, '..'), { recursive: true });
        writeFileSync(join(cwd, name), text);
      }
    },
    run: (day, options) => ran({ day: String(day) }, options),
    change: (id, options) => ran({ change: id }, options),
    issues: async () => {
      const tracker = await openTracker(worldNow(), { platform: local });
      const all = await collect(tracker.listIssues({ sort: { by: 'created', direction: 'asc' } }));
      return all.map(({ title, state }) => `${state} ${title}`);
    },
  };
} // biome-ignore format: one thought

export const SHIPS = { 'report.xml': junitXml() };
export const HOLDS = { 'report.xml': junitXml('adds') };
