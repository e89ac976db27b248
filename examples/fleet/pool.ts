/** Does the work for each item, at most so many at a time, in the order of the items. */
export async function inParallel<T>(items: readonly T[], atATime: number, work: (item: T) => Promise<void>) {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
