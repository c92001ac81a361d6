import type { Examined, Section } from '../report/scorecard.js';

export type ServiceMode = NonNullable<Examined['mode']>;

/** The figures of a section by column and key, where they were measured. */
export function figureIn(sections: readonly Section[], name: string, key: string, column = 'service'): number | null {
  return sections.find((section) => section.name === name)?.figures[column]?.[key]?.value ?? null;
}

/**
 * Percent of the open sessions that what was done kept, of clients who are led back where that could be set; null where
 * sessions are lost with nothing done, too, so that nothing tells what the event lost.
 */
export function keptBy(sections: readonly Section[], event: string): number | null {
  const kept = lossFigure(sections, `${event}Kept`);
  return kept === 100 || keptAnyway(sections) === 100 ? kept : null;
}

/** Percent of the open sessions that were kept with nothing done. */
export function keptAnyway(sections: readonly Section[]): number | null {
  return lossFigure(sections, 'calmKept');
}

function lossFigure(sections: readonly Section[], key: string): number | null {
  return figureIn(sections, 'losses', key, 'pinned') ?? figureIn(sections, 'losses', key);
}

/** Which of the five modes a service is in, by what was measured; undefined where that does not tell. */
export function modeOf(sections: readonly Section[]): ServiceMode | undefined {
  const inProcess = figureIn(sections, 'memory', 'inProcess');
  const tried = figureIn(sections, 'memory', 'otherLost') ?? figureIn(sections, 'memory', 'freshLost');
  if (inProcess === null || tried === null) return undefined;
  if (inProcess > 0) return modeInProcess(sections);
  const content = figureIn(sections, 'client-carries', 'content') ?? figureIn(sections, 'memory', 'inClient');
  const carried = figureIn(sections, 'client-carries', 'carried');
  if (figureIn(sections, 'memory', 'needing') === 0 || carried === 0 || (content ?? 0) > 0) return 'stateless';
  return 'shared';
}

/** Of sessions that a stop hands over none is lost by it. */
function modeInProcess(sections: readonly Section[]): ServiceMode {
  if (keptBy(sections, 'stop') === 100) return 'handoff';
  const ledBack = figureIn(sections, 'affinity', 'held');
  return ledBack !== null && ledBack < 99 ? 'unpinned' : 'sticky';
}
