import { checkStatements, type StatementCheck } from '../customers/statement-check.js';
import type { AuditReport } from '../platform/platform.js';
import type { JudgedClaim, Section } from '../report/scorecard.js';
import type { Experiment, FiguresByMode, Lab } from './experiment.js';

const settledWithinMs = 60_000;

/**
 * Runs one experiment from a settled platform to the audit at its end, and judges its claims. A fault on the way does
 * not throw: it is told in the section, which then has no verdicts.
 */
export async function runExperiment(experiment: Experiment, lab: Omit<Lab, 'note'>): Promise<Section> {
  const { name, kinds, how, claims } = experiment;
  const notes: string[] = [];
  const startedAt = performance.now();
  let figures: FiguresByMode = {};
  let judged: JudgedClaim[] = [];
  let audit: AuditReport | undefined;
  let statements: StatementCheck | undefined;
  let fault: string | undefined;
  try {
    await lab.platform.settled(settledWithinMs);
    figures = await experiment.run({ ...lab, note: (sentence) => notes.push(sentence) });
    lab.progress('the audit');
    audit = await lab.platform.audit();
    statements = await checkStatements(lab.pool.customers, lab.platform.baseUrl);
    judged = claims.map(({ number, sentence, rule }) => ({ number, sentence, verdict: rule(figures) }));
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  return { name, claims: judged, kinds, figures, how, seconds, notes, audit, statements, fault };
}
