/**
 * Lets a source run ahead of whoever takes its items, by so many items at most. What it throws comes
 * after the items before it.
 */
export async function* ahead<Item>(
  source: AsyncGenerator<Item, void>,
  most: number,
): AsyncGenerator<Item, void> {
  // A generator queues what it is asked for.
  const asked: Promise<IteratorResult<Item, void>>[] = [];
  for (;;) {
    while (asked.length < most) {
      const next = source.next();
      // Told to whoever takes it; nobody may, once an earlier one failed.
      next.catch(() => undefined);
      asked.push(next);
    }
    const next = await asked.shift();
    if (next === undefined || next.done === true) return;
    yield next.value;
  }
}
