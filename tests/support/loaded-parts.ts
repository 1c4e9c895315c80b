/** Which parts of PACE a run with `--import loaded-files.ts` has loaded. */
import { readFile } from 'node:fs/promises';

/** Answers for `platforms/jira/`: a bundle names in its text what it was built from, a source lies there itself. */
export async function loadedParts(stderr: string): Promise<(path: string) => boolean> {
  const urls = (stderr.match(/^loaded file:.*\.[jt]s$/gm) ?? []).map((line) => new URL(line.slice('loaded '.length)));
  const texts = await Promise.all(urls.map((url) => readFile(url, 'utf8')));
  return (path) =>
    urls.some(({ pathname }) => pathname.includes(`/${path}`)) || texts.some((text) => text.includes(`build/${path}`));
}
