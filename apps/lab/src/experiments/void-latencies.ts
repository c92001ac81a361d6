import type { FigureKind, Figures } from './experiment.js';

/** The figures without those that tell of the lab, when the lab fell behind. */
export function withoutLatencies<Key extends string>(
  kinds: Readonly<Record<Key, FigureKind>>,
  figures: Figures<Key>,
): Figures<Key> {
  const keys = Object.keys(kinds) as Key[];
  const kept = keys.map((key) => [key, kinds[key].latency ? null : figures[key]] as const);
  return Object.fromEntries(kept) as Figures<Key>;
}
