/** Generated parts of pages that people write: what stands between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->`. */

const BLOCK = /(<!-- generated:([a-z-]+) -->\n)[\s\S]*?(<!-- \/generated:\2 -->)/g;
const MARKER = /<!-- generated:([a-z-]+) -->/g;

/** The page with every block renewed. Throws when a block is unknown or has no end. */
export function renewBlocks(page: string, blocks: Readonly<Record<string, string>>): string {
  const opened = [...page.matchAll(MARKER)].map((match) => match[1]);
  const complete = [...page.matchAll(BLOCK)].map((match) => match[2]);
  const open = opened.find((name) => !complete.includes(name));
  if (open !== undefined)
    throw new Error(`The block "${open}" has no end. Please write <!-- /generated:${open} --> below it.`);
  return page.replace(BLOCK, (_, start: string, name: string, end: string) => {
    const content = Object.hasOwn(blocks, name) ? blocks[name] : undefined;
    if (content === undefined) {
      throw new Error(`There is no block "${name}". Known: ${Object.keys(blocks).join(', ')}.`);
    }
    return `${start}${content}\n${end}`;
  });
}
