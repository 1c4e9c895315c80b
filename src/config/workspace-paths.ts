/** Paths and globs as the configuration takes them. */
import type { z } from 'zod';
import { noFile, noGlob, noTitle, outOfWorkspace } from './path-mistakes.ts';
import { text } from './values.ts';

/** A path of the workspace, taken as it is written. */
export const workspaceFile = text.superRefine(refusing(outOfWorkspace));

/** A path or glob of files of the workspace. */
export const workspaceGlob = text.superRefine(refusing(outOfWorkspace, noGlob, noFile));

/** A path or glob of files and folders that are left out. */
export const excludedGlob = text.superRefine(refusing(outOfWorkspace, noGlob));

/** A glob over `source: check`. */
export const titleGlob = text.superRefine(refusing(noTitle));

/** An empty text is a mistake already. */
function refusing(...mistakes: readonly ((words: string) => string | undefined)[]) {
  return (words: string, context: z.RefinementCtx): void => {
    const message = words && mistakes.map((mistakeOf) => mistakeOf(words)).find((mistake) => mistake !== undefined);
    if (message) context.addIssue({ code: 'custom', message });
  };
}
