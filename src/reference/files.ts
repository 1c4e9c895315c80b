/** Every generated file of the project, as text. */
import type { Platform } from '../../core/ports/index.ts';
import { descriptions } from '../commands/catalogue.ts';
import { actionTables } from './action-table.ts';
import { renewBlocks } from './blocks.ts';
import { exampleConfig } from './example.ts';
import { configJsonSchema } from './json-schema.ts';
import { configurationPage } from './page.ts';
import { platformTable } from './platform-table.ts';

export interface GeneratedFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly content: string;
}

export interface Sources {
  readonly platforms: readonly Platform[];
  /** The text of `action.yml`, where there is one. */
  readonly action?: string;
  /** Pages that may hold generated blocks. */
  readonly pages: readonly GeneratedFile[];
}

/** What the files should hold; pages without blocks come back as they are. */
export function generatedFiles({ platforms, action, pages }: Sources): GeneratedFile[] {
  const blocks = {
    platforms: platformTable(platforms),
    ...(action === undefined ? {} : { action: actionTables(action) }),
  };
  return [
    { path: 'src/commands/described.json', content: `${JSON.stringify({ commands: descriptions() }, null, 2)}\n` },
    { path: 'pace.schema.json', content: `${JSON.stringify(configJsonSchema(platforms), null, 2)}\n` },
    { path: 'pace.config.example.yaml', content: exampleConfig(platforms) },
    { path: 'docs/configuration.md', content: configurationPage(platforms) },
    ...pages.map(({ path, content }) => ({ path, content: renewBlocks(content, blocks) })),
  ];
}
