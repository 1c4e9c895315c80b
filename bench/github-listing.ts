/**
 * What a list of 5,000 issues costs over a bare client that reads the same pages from the same server, one after the other, in
 * one run on one machine. The server is a process of its own. Run: `node bench/github-listing.ts`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as later } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import github from '../platforms/github/index.ts';
import { openTracker } from '../platforms/index.ts';
import { testWorld } from '../tests/support/world.ts';
import { type Figure, quantile, show } from './figure.ts';

const PAGES = 50;
const PAGE = 100;
const ROUNDS = 25;
const MEGABYTE = 1024 * 1024;

export async function* githubListing(): AsyncGenerator<Figure> {
  const server = fork(import.meta.filename, ['serve']);
  try {
    const [origin] = (await once(server, 'message')) as [string];
    yield await speed(origin);
    yield await memory(origin);
  } finally {
    server.kill();
    await ended(server);
  }
}

async function speed(origin: string): Promise<Figure> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS + 2; round += 1) {
    const pair = [await timed(() => listAll(origin)), await timed(() => readAll(origin))] as const;
    // the first rounds meet code that is still cold
    if (round < 2) continue;
    ours.push(pair[0]);
    bare.push(pair[1]);
  }
  // two processes on a busy machine: only the quiet rounds tell what the work takes
  const [mine, theirs] = [quantile(ours, 0.1), quantile(bare, 0.1)];
  return {
    what: `GitHub: list ${PAGES * PAGE} issues`,
    measured: mine / theirs,
    unit: '×',
    limit: 1.3,
    detail: `${mine.toFixed(0)} ms : ${theirs.toFixed(0)} ms of a bare client`,
  };
}

/** What is held while the list is read: after a fifth of it, and at its end. */
async function memory(origin: string): Promise<Figure> {
  const held: number[] = [];
  let count = 0;
  for await (const _ of await issues(origin)) {
    count += 1;
    if (count === 1000 || count === PAGES * PAGE) held.push(await heap());
  }
  const [early = 0, late = 0] = held.map((bytes) => bytes / MEGABYTE);
  return {
    what: 'GitHub: memory between 1,000 and 5,000 issues',
    measured: late - early,
    unit: 'MB',
    limit: 1,
    detail: `${early.toFixed(1)} MB, then ${late.toFixed(1)} MB`,
  };
}

async function heap(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  for (let time = 0; time < 2; time += 1) {
    // what was looked at through a weak reference is held until the turn ends
    await later(10);
    collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function issues(origin: string) {
  const world = testWorld({ now: () => Date.now(), sleep: (milliseconds) => later(milliseconds) });
  const section = { token: 'x', repository: 'octo-org/octo-repo', api_url: origin, server_url: origin };
  return (await openTracker(world, { platform: github, section })).listIssues();
}

async function listAll(origin: string): Promise<void> {
  let count = 0;
  for await (const issue of await issues(origin)) if (issue.title !== '') count += 1;
  if (count !== PAGES * PAGE) throw new Error(`${count} issues came`);
}

async function readAll(origin: string): Promise<void> {
  let count = 0;
  let next: string | undefined = `${origin}/repos/octo-org/octo-repo/issues?state=all&per_page=${PAGE}`;
  while (next !== undefined) {
    const response: Response = await fetch(next, { headers: { authorization: 'token x' } });
    const page: unknown[] = JSON.parse(await response.text());
    count += page.length;
    next = /<([^<>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  if (count !== PAGES * PAGE) throw new Error(`${count} issues came`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
}

/** Makes each page when it is asked for, as servers do, and in no more time than that takes. */
function serve(): void {
  const golden = new URL('../tests/platforms/github/golden/issue-open.json', import.meta.url);
  const issue: object = JSON.parse(readFileSync(golden, 'utf8'));
  const pageOf = (number: number) =>
    Buffer.from(
      JSON.stringify(
        Array.from({ length: PAGE }, (_, index) => ({ ...issue, number: (PAGES - number + 1) * PAGE - index })),
      ),
    );
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const number = Number(url.searchParams.get('page') ?? 1);
    const body = pageOf(number);
    url.searchParams.set('page', String(number + 1));
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
      etag: `W/"${number}"`,
      ...(number < PAGES ? { link: `<${url.href}>; rel="next"` } : {}),
    });
    response.end(body);
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.(`http://127.0.0.1:${port}`);
  });
}

if (process.argv[2] === 'serve') serve();
else if (import.meta.main) await show(githubListing);
