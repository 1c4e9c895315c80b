/** `.pace/.gitignore`: what PACE keeps stays where it is, whatever git is told to stash or to clean, and nobody commits it by chance. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findGitFolder } from '../files/git-folder.ts';
import { ignoredNames } from './kept-names.ts';
import { createPlain, lookAtFile, writePlain } from './plain-file.ts';

const NAME = '.gitignore';
const HEAD = '# What PACE keeps in this folder; written by PACE. Plans and reports are not among it.';

/** Pure. */
export function ignoreText(): string {
  return `${HEAD}\n${ignoredNames().join('\n')}\n`;
}

/**
 * Writes it where there is none, or an older one of ours. Anybody else's stays. What goes wrong here is nobody's trouble: the file that
 * it goes with says so itself.
 * @param base the folder that has `.pace`
 */
export function keepIgnored(base: string, isTracked: () => boolean, folder = '.pace'): void {
  const path = `${folder}/${NAME}`;
  // without git nobody reads it
  if (!findGitFolder(base)) return;
  try {
    if (createPlain(base, path, ignoreText(), { durable: false }) || !lookAtFile(base, path)) return;
    const text = readFileSync(join(base, path), 'utf8');
    if (text.startsWith(HEAD) && text !== ignoreText() && !isTracked()) writePlain(base, path, ignoreText());
  } catch {
    // a folder that cannot be written, or something else in its place
  }
}
