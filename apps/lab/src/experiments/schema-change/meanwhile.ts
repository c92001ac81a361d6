import { setTimeout as sleep } from 'node:timers/promises';

const betweenMs = 250;

/**
 * Acts again and again until it has happened, and once more.
 * @throws what it failed by, after the last act
 */
export async function meanwhile(act: () => Promise<void>, event: Promise<unknown>): Promise<void> {
  let over = false;
  const end = (): void => void (over = true);
  // It may fail during an act, when nobody waits for it yet.
  event.then(end, end);
  for (let last = false; ; last = over) {
    await act();
    if (last) return void (await event);
    await sleep(betweenMs);
  }
}
