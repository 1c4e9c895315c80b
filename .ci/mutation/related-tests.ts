/** The test files that import any of the changed sources, as vitest finds them. */
import { join, relative } from 'node:path';
import { createVitest } from 'vitest/node';

export async function relatedTests(root: string, config: string, sources: readonly string[]): Promise<string[]> {
  const related = sources.map((name) => join(root, name));
  const vitest = await createVitest({ root, config: join(root, config), watch: false, related, reporters: [{}] });
  try {
    const specifications = await vitest.getRelevantTestSpecifications();
    return specifications.map(({ moduleId }) => relative(root, moduleId)).sort();
  } finally {
    await vitest.close();
  }
}
