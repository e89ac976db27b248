/** Notes why something can't be done, and goes on: one that can't be deleted must not keep the others from being. */
export async function attempt<T>(doubts: string[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    doubts.push(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
