/** Questions about single issues that wait while the program runs, asked together in its next run. */

/** So many ids fit on a command line wherever PACE runs, however long they are. */
const MOST = 100;

interface Question<Answer> {
  readonly keys: Set<string>;
  readonly answers: Promise<ReadonlyMap<string, Answer>>;
}

/** Nothing is remembered: every answer comes from a run that began after the question. */
export function gathered<Answer>(
  ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, Answer>>,
): (key: string) => Promise<Answer | undefined> {
  let turn: Promise<unknown> = Promise.resolve();
  let open: Question<Answer> | undefined;

  function opened(): Question<Answer> {
    const keys = new Set<string>();
    const answers = turn.then(async () => {
      // whoever asks in the same turn of the event loop asks at the same time
      await new Promise((resolve) => setImmediate(resolve));
      if (open === question) open = undefined;
      return ask([...keys]);
    });
    turn = answers.catch(() => undefined);
    const question: Question<Answer> = { keys, answers };
    return question;
  }

  return async (key) => {
    if (open === undefined || open.keys.size >= MOST) open = opened();
    open.keys.add(key);
    return (await open.answers).get(key);
  };
}

/** The same question about many, in as few runs as possible. */
export function inPortions<Item>(items: readonly Item[]): Item[][] {
  const portions: Item[][] = [];
  for (let start = 0; start < items.length; start += MOST) portions.push(items.slice(start, start + MOST));
  return portions;
}
