import { fellBehind } from '../../load/fell-behind.js';
import { GeneratorHealth } from '../../load/generator-health.js';
import { Starts } from '../../load/starts.js';
import type { Plot } from '../../report/plot.js';
import type { Section } from '../../report/scorecard.js';
import { conclude, type MeasuredBy } from '../../statistics/conclude.js';
import type { FiguresBy } from '../../statistics/figures.js';
import { cannotTell } from '../../statistics/verdict.js';
import type { Examination, ServiceQuestion } from './question.js';

/** What the figures of an examination stand under, where nothing is compared. */
export const service = 'service';

/** A question with what it measures, and the sentences that may prove false. */
export interface Asked<Key extends string, Column extends string = typeof service>
  extends MeasuredBy<Column, Key>, Pick<ServiceQuestion, 'name' | 'summary' | 'cannotHere'> {
  /** What the figures stand under, in their order. */
  readonly columns: readonly Column[];
  readonly how: string;
  /** At most so many rounds, where one takes long or the next could find nothing else. */
  readonly maxRounds?: number;
}

/** A say in what the reader is told of one round. */
export interface QuestionRound {
  /** From 0. */
  readonly round: number;
  /** Adds a sentence to the report; the same sentence is kept once. */
  readonly note: (sentence: string) => void;
  /** Shows what was seen in this round; the first round's is kept. */
  readonly draw: (plot: Plot) => void;
  /** Books lost sessions and failed requests of all rounds. */
  readonly book: (losses: Section['losses']) => void;
}

/** A question that is asked in rounds, and judged by figures over all of them. */
export function serviceQuestion<Key extends string, Column extends string = typeof service>(
  asked: Asked<Key, Column>,
  measure: (examination: Examination, round: QuestionRound) => Promise<FiguresBy<Column, Key>>,
): ServiceQuestion {
  const { name, summary } = asked;
  const ask = async (examination: Examination): Promise<Section> => {
    const why = asked.cannotHere(examination);
    return why === undefined ? askInRounds(asked, examination, measure) : unasked(asked, why);
  };
  return { name, summary, cannotHere: (examination) => asked.cannotHere(examination), ask };
}

/** A fault does not throw: it is told in the section, which then has no verdicts. */
async function askInRounds<Key extends string, Column extends string>(
  asked: Asked<Key, Column>,
  examination: Examination,
  measure: (examination: Examination, round: QuestionRound) => Promise<FiguresBy<Column, Key>>,
): Promise<Section> {
  const startedAt = performance.now();
  const health = new GeneratorHealth();
  const sentBefore = examination.sent();
  const rounds = Math.min(examination.rounds, asked.maxRounds ?? Infinity);
  const found: FiguresBy<Column, Key>[] = [];
  const plots: Plot[] = [];
  const notes = new Set<string>();
  const losses: Section['losses'][number][] = [];
  let fault: string | undefined;
  try {
    for (let round = 0; round < rounds; round++) {
      examination.stopping.throwIfAborted();
      examination.progress(rounds === 1 ? asked.name : `${asked.name}: round ${round + 1} of ${rounds}`);
      const figures = await measure(examination, {
        round,
        note: (sentence) => notes.add(sentence),
        draw: (plot) => round === 0 && plots.push(plot),
        book: (booked) => losses.push(...booked),
      });
      found.push(figures);
    }
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  const { behind } = health.end([Object.assign(new Starts(), { all: examination.sent() - sentBefore })]);
  if (behind !== undefined) notes.add(`${fellBehind}: ${behind}. Requests may have failed for that reason.`);
  const concluded = conclude(asked, found, examination.seed, asked.columns);
  return {
    ...told(asked),
    claims: fault === undefined ? concluded.claims : [],
    figures: concluded.figures as Section['figures'],
    plots: [...concluded.plots, ...plots],
    rounds: found.length,
    seconds: (performance.now() - startedAt) / 1_000,
    notes: [...notes],
    losses: addedUp(losses),
    fault,
  };
}

/** Whatever round they were lost in. */
function addedUp(losses: Section['losses']): Section['losses'] {
  const rows = new Map<string, Section['losses'][number]>();
  for (const row of losses) {
    const key = `${row.mode} ${row.cause}`;
    const { sessions, requests } = rows.get(key) ?? { sessions: 0, requests: 0 };
    rows.set(key, { ...row, sessions: sessions + row.sessions, requests: requests + row.requests });
  }
  return [...rows.values()];
}

function unasked<Key extends string, Column extends string>(asked: Asked<Key, Column>, why: string): Section {
  const claims = asked.claims.map(({ number, sentence, decidedBy }) => ({
    number,
    sentence,
    decidedBy,
    verdict: cannotTell(why),
  }));
  return { ...told(asked), claims, kinds: {}, figures: {}, plots: [], rounds: 1, seconds: 0, notes: [], losses: [] };
}

function told<Key extends string, Column extends string>({ name, summary, kinds, how }: Asked<Key, Column>) {
  return { name, summary, kinds, how };
}
