/** Work that asks for something per item: a few at a time, and answered in their order. Ends when nobody wants more. */
const AT_ONCE = 4;

export async function* aFewAhead<Item, Answer>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<Answer>,
): AsyncGenerator<Answer> {
  const underWay: Promise<Answer>[] = [];
  for await (const item of items) {
    const answer = work(item);
    // whoever waits for it hears of trouble; nobody may
    answer.catch(() => undefined);
    underWay.push(answer);
    if (underWay.length < AT_ONCE) continue;
    const next = underWay.shift();
    if (next) yield await next;
  }
  for (const next of underWay) yield await next;
}
