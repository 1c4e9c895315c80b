/** Everything that runs leave behind, in a form in which two places can be compared as a whole. */
import { basename } from 'node:path';
import { parse } from 'yaml';
import { splitMetadata } from '../../core/drivers/hidden-metadata.ts';
import type { Metadata } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import { createTracker } from '../../platforms/local/issues.ts';
import { pendingIn, readJournalLines } from '../../src/gate/journal-line.ts';
import type { Report } from '../../src/gate/report.ts';
import type { BundleRun } from '../support/bundle.ts';
import type { Workspace } from '../support/workspace.ts';
import { testWorld } from '../support/world.ts';
import type { Bench } from './github-bench.ts';

/** What differs from place to place and from time to time. */
export type Plain = (text: string) => string;

export function plainOf(sha: string, known: Readonly<Record<string, string>>): Plain {
  const names = Object.entries({ ...known, sha, short: sha.slice(0, 12) });
  return (text) =>
    names
      .reduce((changed, [name, value]) => changed.replaceAll(value, `<${name}>`), text)
      .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?/g, '<time>');
}

/** Values are read with `read`, where they are no plain text. */
const KEPT: readonly (readonly [RegExp, (text: string) => unknown])[] = [
  [/journal\.jsonl$/, (text) => pendingIn(readJournalLines(text).lines).map(({ delivery }) => delivery)],
  [/decision\.yaml$/, decision],
  [/attempts\.yaml$/, attempts],
  [/pace-summary\.md$/, (text) => text.replace(/(?<=\*\*Attempt:\*\* )\d+|\d+(?= new, )/g, '<count>')],
];
/** What a torn line or file was is kept beside it; drafts are removed when they are old. The database is read through the tracker. */
const LEFT_OUT = /\.unreadable(-\d+)?$|\.tmp$|pace\.db/;

export async function filesOf(workspace: Workspace, plain: Plain): Promise<Record<string, unknown>> {
  const files: Record<string, unknown> = {};
  for (const [name, packed] of Object.entries(await workspace.files())) {
    if (LEFT_OUT.test(name)) continue;
    const text = plain(Buffer.from(packed, 'base64').toString('utf8'));
    files[name] = KEPT.find(([pattern]) => pattern.test(name))?.[1](text) ?? text;
  }
  return files;
}

/**
 * A run that was cut off is an attempt, too, where it had written its decision. What it has found is not new any more, as far as its
 * issue tells: the next run raises nothing, and names no issue for that.
 */
function decision(text: string): unknown {
  const { attempt: _, requests: __, advisories, ...rest } = parse(text) as Report;
  const { new: ___, url: ____, ...others } = advisories;
  return { ...rest, advisories: others };
}

function attempts(text: string): unknown {
  const all = (parse(text) as Record<string, unknown>[]).map(({ run: _, ...rest }) => JSON.stringify(rest));
  return all.filter((line, index) => line !== all[index - 1]);
}

/** Without the times and the digest, which covers addresses of the place. */
function metadataOf(metadata: Metadata, plain: Plain): unknown {
  const mark = JSON.parse(plain(JSON.stringify(metadata['pace'] ?? null))) as unknown;
  if (typeof mark !== 'object' || mark === null) return metadata;
  const { body: _, heldAt: __, saidAt: ___, ...rest } = mark as Record<string, unknown>;
  return rest;
}

interface Pull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly head: { readonly ref: string };
  readonly labels: readonly { readonly name: string }[];
}

interface Ref {
  readonly ref: string;
  readonly object: { readonly sha: string };
}

interface Tree {
  readonly tree: readonly { readonly path: string }[];
}

export async function gitHubState({ github, workspace, issues, comments }: Bench): Promise<unknown> {
  const at = `/repos/${github.repository}`;
  const plain = plainOf(github.sha, { origin: github.origin });
  const text = (markdown: string) => {
    const { body, metadata } = splitMetadata(markdown);
    return { body: plain(body), metadata: metadataOf(metadata, plain) };
  };
  const names = (labels: readonly { name: string }[]) => labels.map(({ name }) => name).sort();
  const pulls = (await github.api('GET', `${at}/pulls?state=all`)) as Pull[];
  const refs = (await github.api('GET', `${at}/git/matching-refs/heads/`)) as Ref[];
  const shaOf = (branch: string) => refs.find(({ ref }) => ref === `refs/heads/${branch}`)?.object.sha ?? branch;
  return {
    issues: await Promise.all(
      (await issues()).map(async ({ number, title, body, state, labels }) => ({
        number,
        title,
        ...text(body),
        state,
        labels: names(labels),
        comments: (await comments(number)).map(plain),
      })),
    ),
    pulls: await Promise.all(
      pulls.map(async ({ number, title, body, state, head, labels }) => {
        const { tree } = (await github.api('GET', `${at}/git/trees/${shaOf(head.ref)}?recursive=1`)) as Tree;
        const files = tree.map(({ path }) => path);
        return { number, title, ...text(body), state, head: head.ref, labels: names(labels), files };
      }),
    ),
    branches: refs.map(({ ref }) => ref),
    statuses: github.statuses(github.sha).map(({ context, state, description, target_url }) => ({
      context,
      state,
      description,
      url: plain(target_url ?? ''),
    })),
    variables: Object.fromEntries(github.variables),
    files: await filesOf(workspace, plain),
  };
}

/** What a run tells its pipeline, but how often the day was tried, and what is new. */
export function told({ code, outputs }: BundleRun, plain: Plain): unknown {
  const {
    attempt: _,
    'advisory-url': __,
    ...rest
  } = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, plain(value)]));
  return { code, outputs: rest };
}

/** The same of a checkout on the embedded platform. */
export async function localState(workspace: Workspace): Promise<unknown> {
  const name = basename(workspace.path);
  const known = plainOf(await workspace.git('rev-parse', 'HEAD'), { cwd: workspace.path, name });
  // a mark names the repository in lower case
  const plain: Plain = (text) => known(text.replaceAll(name.toLowerCase(), name));
  const tracker = createTracker(testWorld({ cwd: workspace.path }), {});
  const issues: unknown[] = [];
  for await (const { key, title, body, state, labels, metadata } of tracker.listIssues({ state: 'all' })) {
    const comments = (await collect(tracker.listComments(key))).map((comment) => plain(comment.body));
    const seen = {
      key,
      title,
      body: plain(body),
      state,
      labels: [...labels].sort(),
      metadata: metadataOf(metadata, plain),
    };
    issues.push({ ...seen, comments });
  }
  return { issues, files: await filesOf(workspace, plain) };
}
