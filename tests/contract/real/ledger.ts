/** What a run against a real server has made there: taken away as far as the tracker lets us, and said where it does not. */
import { asPaceError } from '../../../core/errors.ts';
import type { CodeHost, TrackerDriver } from '../../../core/ports/index.ts';
import { isClosed } from '../../../core/ports/issue.ts';

export interface Ledger {
  /** The same driver; what it opens is noted. */
  noting(driver: TrackerDriver): TrackerDriver;
  notingHost(host: CodeHost): CodeHost;
  /** Closes and deletes what can be; one line for each kind of thing that is left. */
  tidy(driver?: TrackerDriver): Promise<string[]>;
}

/** `mark` stands in every name that the run has given. */
export function createLedger(mark: string): Ledger {
  const issues = new Set<string>();
  const changes = new Set<string>();

  return {
    noting: (driver) => {
      const { batch } = driver;
      const create = batch?.create;
      return {
        ...driver,
        createIssue: async (draft) => {
          const issue = await driver.createIssue(draft);
          issues.add(issue.key);
          return issue;
        },
        ...(batch && create
          ? {
              batch: {
                ...batch,
                create: async (drafts) => {
                  const created = await create(drafts);
                  for (const issue of created) if ('key' in issue) issues.add(issue.key);
                  return created;
                },
              },
            }
          : {}),
      };
    },
    notingHost: (host) => ({
      ...host,
      proposeChange: async (change) => {
        const opened = await host.proposeChange(change);
        changes.add(`${change.branch} (${opened.url})`);
        return opened;
      },
    }),
    tidy: async (driver) => {
      const open = driver ? await closed(driver, issues) : [];
      return [
        ...left(
          'issues that are closed',
          [...issues].filter((key) => !open.includes(key)),
        ),
        ...left('issues that could not be closed', open),
        ...(driver ? await tidyNames(driver, mark) : []),
        ...left('branches with their change requests', [...changes]),
      ];
    },
  };
}

const NAMED = 20;

function left(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > NAMED ? [`and ${names.length - NAMED} more`] : [];
  return [`${names.length} ${what}: ${[...names.slice(0, NAMED), ...more].join(', ')}`];
}

/** The keys of those that stay open. */
async function closed(driver: TrackerDriver, keys: ReadonlySet<string>): Promise<string[]> {
  let open = [...keys];
  // what others stand before is closed once they are
  for (let before = open.length + 1; open.length > 0 && open.length < before; ) {
    before = open.length;
    open = await stillOpen(driver, open);
  }
  return open;
}

async function stillOpen(driver: TrackerDriver, keys: readonly string[]): Promise<string[]> {
  const open: string[] = [];
  for (const key of keys) {
    try {
      const { state } = await driver.getIssue(key);
      if (!isClosed(state)) await driver.transitionIssue(key, { state: 'done' });
    } catch (error) {
      // it was moved or deleted by the suite itself
      if (asPaceError(error).kind !== 'not-found') open.push(key);
    }
  }
  return open;
}

async function tidyNames(driver: TrackerDriver, mark: string): Promise<string[]> {
  const milestones: string[] = [];
  const labels: string[] = [];
  for await (const { title } of driver.listMilestones?.() ?? []) if (title.includes(mark)) milestones.push(title);
  for await (const { name } of driver.listLabels?.() ?? []) if (name.includes(mark)) labels.push(name);
  return [
    ...left('milestones', await remaining(milestones, driver.deleteMilestone)),
    ...left('labels', await remaining(labels, driver.deleteLabel)),
  ];
}

async function remaining(names: readonly string[], remove?: (name: string) => Promise<void>): Promise<string[]> {
  if (!remove) return [...names];
  const kept: string[] = [];
  for (const name of names) await remove(name).catch(() => kept.push(name));
  return kept;
}
