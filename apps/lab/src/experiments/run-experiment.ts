import { checkMoney, type MoneyFound } from '../bank/money-check.js';
import { modeNames } from '../bank/modes.js';
import { LossLedger } from '../losses/loss-ledger.js';
import type { Section } from '../report/scorecard.js';
import { conclude } from '../statistics/conclude.js';
import type { Experiment } from './experiment.js';
import { planOf, type PlannedRun } from './plan.js';
import { Rounds } from './rounds.js';
import { bankLosses } from '../bank/losses.js';

const settledWithinMs = 60_000;

/**
 * Runs one experiment from a settled platform to the audit at its end, and judges its claims. A fault on the way does
 * not throw: it is told in the section, which then has no verdicts.
 */
export async function runExperiment(experiment: Experiment, run: PlannedRun): Promise<Section> {
  const startedAt = performance.now();
  const plan = planOf(experiment, run);
  const losses = new LossLedger(bankLosses);
  const rounds = new Rounds(experiment, { ...run, ...plan }, losses);
  let money: MoneyFound | undefined;
  let fault: string | undefined;
  try {
    await run.platform.settled(settledWithinMs);
    await losses.open(run.platform);
    await rounds.measureAll();
    run.progress('the audit');
    money = await checkMoney(run.platform, run.pool);
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  } finally {
    losses.close();
  }
  const { name, summary, kinds, how } = experiment;
  const { claims, plots, figures } = conclude(experiment, rounds.found, run.seed, modeNames);
  return {
    name,
    summary,
    claims: fault === undefined ? claims : [],
    kinds,
    figures,
    plots: [...plots, ...rounds.plots],
    how,
    rounds: rounds.found.length,
    seconds: (performance.now() - startedAt) / 1_000,
    notes: rounds.notes,
    losses: losses.rows(),
    audit: money?.audit,
    statements: money?.statements,
    fault,
  };
}
