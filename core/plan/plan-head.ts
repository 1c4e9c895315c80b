/**
 * The head of a plan: what stands beside its days. It belongs to all tools that write plans, so a key that is not known is no
 * mistake by itself; one that is nearly a known one is.
 */
import type { z } from 'zod';
import { isRecord } from '../record.ts';
import { hideSecrets } from '../text/secret-shapes.ts';
import { PROBLEMS_READ, type Problem } from '../yaml/problems.ts';
import { nameOf, valueAt } from '../yaml/schema-problems.ts';
import { shapeOf } from '../yaml/schema-shape.ts';
import { nearest } from '../yaml/suggest.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';

interface HeadProblems {
  readonly mistakes: readonly Problem[];
  readonly doubts: readonly Problem[];
}

/** Of the file itself and of `sprint`. */
export function headProblems(yaml: YamlFile, plan: z.ZodType): HeadProblems {
  const mistakes: Problem[] = [];
  const doubts: Problem[] = [];
  for (const path of [[], ['sprint']]) {
    const known = Object.keys(shapeOf(path.length === 0 ? plan : (shapeOf(plan)['sprint'] ?? plan)));
    const where = path.length === 0 ? '' : ` in ${nameOf(path)}`;
    const unknown = unknownKeys(valueAt(yaml.value, path), known).filter((key) =>
      yaml.isTrusted([...path, key], 'key'),
    );
    for (const key of unknown.slice(0, PROBLEMS_READ)) {
      const named = `Unknown key \`${hideSecrets(key)}\`${where}`;
      const meant = typo(key, known);
      const at = (message: string) => yaml.problemAt([...path, key], message, 'key');
      if (meant !== undefined) mistakes.push(at(`${named}. Did you mean "${meant}"?`));
      else doubts.push(at(`${named}: it is left to other tools.`));
    }
  }
  return { mistakes, doubts };
}

/** Those with `x-` are nobody's: texts for anchors, say. */
function unknownKeys(value: unknown, known: readonly string[]): string[] {
  return isRecord(value) ? Object.keys(value).filter((key) => !known.includes(key) && !key.startsWith('x-')) : [];
}

const MOST_APART = 2;

/** Not a longer word that only begins alike: that may well be another tool's. */
function typo(key: string, known: readonly string[]): string | undefined {
  const meant = nearest(key, known);
  return meant !== undefined && Math.abs(meant.length - key.length) <= MOST_APART ? meant : undefined;
}
