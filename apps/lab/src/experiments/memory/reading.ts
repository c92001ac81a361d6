import type { Platform, Pod } from '../../platform/platform.js';

/** What a pod held, and the memory that it took for it. */
export interface MemoryReading {
  /** Sessions in its memory; where none live there, the requests that it had answered. */
  readonly held: number;
  /** Resident, without the young generation of V8's heap, which what requests leave behind fills, and which V8 sizes as it likes. */
  readonly residentBytes: number;
  /** The old generation in use: what outlived the requests that made it. */
  readonly keptBytes: number;
}

/** Reads a pod by what it says of itself: the sessions too, as other pods may have come and taken some. */
export async function readMemory(
  platform: Platform,
  { name, workload }: Pod,
  answered: number,
): Promise<MemoryReading> {
  const space = async (what: 'total' | 'used', kind: string): Promise<number> =>
    (await platform.metric(workload, `nodejs_heap_space_size_${what}_bytes`, { space: kind })).get(name) ?? 0;
  const [usage, sessions, young, old, large] = await Promise.all([
    platform.usage(workload),
    platform.metric(workload, 'tellers_sessions_open'),
    space('total', 'new'),
    space('used', 'old'),
    space('used', 'large_object'),
  ]);
  const resident = usage.get(name)?.memoryBytes;
  if (resident === undefined || old === 0) throw new Error(`${name} does not tell its memory.`);
  return { held: sessions.get(name) || answered, residentBytes: resident - young, keptBytes: old + large };
}
