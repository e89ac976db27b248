/** Does the work for each item in order, with a limit on how many run at a time. */
export async function inParallel<T>(items: readonly T[], atATime: number, work: (item: T) => Promise<void>) {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
