/** The server's time. Setting it moves it; it goes on from there. */
export class Clock {
  #offset = 0;

  now(): number {
    return Date.now() + this.#offset;
  }

  set(ms: number): void {
    this.#offset = ms - Date.now();
  }
}
