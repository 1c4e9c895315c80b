/** Texts from files and from stdin, as people name them. */
import { createReadStream, fstatSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorCode, fileError, PaceError } from '../../core/errors.ts';
import { irregular, READ_WITHOUT_WAITING } from '../../core/files/read-regular.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { standsIn, type World } from '../../core/world.ts';
import { usageError } from './usage.ts';

/** A file that a person has named is not there: an exit code of its own. */
export class FileNotFound extends PaceError {
  constructor(path: string) {
    super({
      kind: 'validation',
      message: `There is no file ${plainLine(path, 300)}.`,
      remedy: 'Please check the path; it starts in the current folder, or in that of --directory.',
    });
  }
}

/** Where typed or piped text comes from. */
export type Input = AsyncIterable<Buffer | string>;

/** Where the person stands: nobody who reads a file chooses another folder. */
type Standing = Pick<World, 'here' | 'cwd'>;

/** No text of an issue is larger. */
const MOST_BYTES = 10 * 1024 * 1024;

/** `-` is stdin. */
export async function readWhole(path: string, world: Standing, stdin: Input): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(path, world, stdin)) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw usageError(`${shownName(path)} is larger than 10 MB.`, 'Please pass less.');
    chunks.push(chunk);
  }
  return decoded(Buffer.concat(chunks), path);
}

/** Line by line, with numbers from 1; the last one needs no end. */
export async function* readLines(
  path: string,
  world: Standing,
  stdin: Input,
): AsyncGenerator<{ number: number; text: string }> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  for await (const chunk of chunksOf(path, world, stdin)) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      number += 1;
      yield { number, text: decoded(Buffer.concat([rest, chunk.subarray(start, end)]), path) };
      rest = Buffer.alloc(0);
      start = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(start)]);
    if (rest.byteLength > MOST_BYTES) throw usageError(`${shownName(path)}: line ${number + 1} is larger than 10 MB.`);
  }
  if (rest.byteLength > 0) yield { number: number + 1, text: decoded(rest, path) };
}

/** For messages. */
export function shownName(path: string): string {
  return path === '-' ? 'stdin' : plainLine(path, 300);
}

async function* chunksOf(path: string, world: Standing, stdin: Input): AsyncGenerator<Buffer> {
  try {
    const source: Input = path === '-' ? stdin : streamOf(resolve(standsIn(world), path), path);
    for await (const chunk of source) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new FileNotFound(path);
    throw error instanceof PaceError ? error : fileError(error, 'read', shownName(path));
  }
}

/** What a shell has opened (`<(command)`, `/dev/stdin`) has a writer; a pipe that lies among files keeps everybody waiting. */
function streamOf(absolute: string, path: string): Input {
  if (/^\/(?:dev|proc)\//.test(absolute)) return createReadStream(absolute);
  const fd = openSync(absolute, READ_WITHOUT_WAITING);
  const source = createReadStream('', { fd });
  const found = fstatSync(fd);
  if (found.isFile() || found.isDirectory()) return source;
  source.destroy();
  throw irregular(shownName(path));
}

function decoded(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw usageError(`${shownName(path)} is not UTF-8.`, 'Please save it as UTF-8.');
  }
}
