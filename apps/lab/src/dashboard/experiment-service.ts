import { CodedError } from '#libs/service';
import type { Crowd } from '../bank/crowd/crowd.js';
import { catalogue } from '../experiments/catalogue.js';
import type { Experiment } from '../experiments/experiment.js';
import { planOf, type Plan } from '../experiments/plan.js';
import { runAll } from '../experiments/run-all.js';
import { sizeOf } from '../experiments/run-options.js';
import { answerOf } from '../answer/answer.js';
import { modeNames, modes, modesInReport, type ModeName } from '../bank/modes.js';
import type { Platform } from '../platform/platform.js';
import { renderHtml } from '../report/html/page.js';
import { renderMarkdown } from '../report/markdown.js';
import { isSound, scorecardOf, type Scorecard } from '../report/scorecard.js';
import { judgedClaims, sayVerdict } from '../report/summary.js';
import type { ExperimentRequest } from '../protocol/actions.js';
import type { DoneExperiment, ExperimentsSnapshot, KnownExperiment, RunningExperiment } from '../protocol/snapshots.js';
import type { Journal } from '../journal/journal.js';

export interface ExperimentServiceOptions {
  readonly platform: Platform;
  readonly workloads: readonly string[];
  readonly crowd: Crowd | undefined;
  /** Told what becomes of an experiment, in a sentence. */
  readonly journal: Journal;
  /** Nodes and pods of a cluster, for the report. */
  readonly place?: Scorecard['cluster'];
}

/** Fewer tell nothing of scaling. */
const minPods = 2;
const reportsKept = 20;
const types = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** Runs experiments for who asks at the page, one at a time and without the crowd, and keeps their reports. */
export class ExperimentService {
  readonly #reports = new Map<string, Scorecard>();
  #stopping = new AbortController();
  #known: { readonly of: string; readonly list: readonly KnownExperiment[] } = { of: '', list: [] };
  #running: RunningExperiment | null = null;
  #done: readonly DoneExperiment[] = [];
  #reported: ExperimentsSnapshot | undefined;

  constructor(private readonly options: ExperimentServiceOptions) {}

  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** The same object until something changes. */
  get now(): ExperimentsSnapshot {
    const known = this.#knownFor(this.#modes());
    if (this.#reported?.known !== known) this.#reported = undefined;
    this.#reported ??= { known, running: this.#running, done: this.#done };
    return this.#reported;
  }

  /** @throws CodedError experiment-running, not-found */
  start({ name, quick }: ExperimentRequest): void {
    this.refuseWhileBusy();
    const experiment = catalogue.find((one) => one.name === name);
    if (experiment === undefined) throw new CodedError('not-found', `There is no experiment ${name}.`);
    const { modes: measured } = this.#planOf(experiment, quick);
    if (measured.length === 0) {
      const own = experiment.modes?.join(', ');
      throw new CodedError('cannot-here', `${name} is about ${own}: let customers come to one of these first.`);
    }
    this.#stopping = new AbortController();
    this.#runs({ name, startedAt: Date.now(), progress: 'the customers go home', secondsLeft: null });
    void this.#run(experiment, quick)
      .catch((error: Error) => this.options.journal.note(`${name} did not come to its end: ${error.message}`))
      .finally(() => {
        this.#runs(null);
        this.options.crowd?.comeBack();
      });
  }

  /**
   * Stops the one that runs after the measurement that is under way, which leaves the bank as it was.
   * @throws CodedError not-found
   */
  stop(): void {
    if (this.#running === null) throw new CodedError('not-found', 'No experiment is running.');
    this.#stopping.abort(new Error('It was stopped from the page.'));
    this.#runs({ ...this.#running, progress: 'stops after this measurement', secondsLeft: null });
  }

  /** @throws CodedError experiment-running */
  refuseWhileBusy(): void {
    if (this.#running === null) return;
    throw new CodedError('experiment-running', `${this.#running.name} is running; it would measure that, too.`);
  }

  /** A report by its file name: an id for the HTML, else with `.md` or `.json`. @throws CodedError not-found */
  report(file: string): { readonly type: string; readonly text: string } {
    const [, id = '', kind = 'html'] = /^([\w-]+?)(?:\.(html|md|json))?$/.exec(file) ?? [];
    const scorecard = this.#reports.get(id);
    if (scorecard === undefined) throw new CodedError('not-found', 'There is no such report: the last ones are kept.');
    const render = {
      html: () => renderHtml(scorecard, answerOf(scorecard)),
      md: () => renderMarkdown(scorecard, answerOf(scorecard)),
      json: () => JSON.stringify(scorecard, null, 2),
    };
    return { type: types[kind as keyof typeof types], text: render[kind as keyof typeof types]() };
  }

  /** Asks the one that runs to stop; what it measures on a bank that is gone fails by itself. */
  close(): void {
    this.#stopping.abort(new Error('The lab stops.'));
  }

  async #run(experiment: Experiment, quick: boolean): Promise<void> {
    const { platform, crowd, place, journal } = this.options;
    const { signal } = this.#stopping;
    const startedAt = new Date();
    const compared = this.#modes();
    await crowd?.sendHome();
    await this.#makeRoom(compared);
    journal.note(`The experiment ${experiment.name} begins; the customers have gone home.`);
    const options = { ...sizeOf({ quick }), modes: compared, seed: 1 };
    const sections = await runAll([experiment], {
      ...options,
      platform,
      stopping: signal,
      say: (_line, reported) => {
        if (signal.aborted || this.#running === null) return;
        this.#runs({ ...this.#running, progress: reported.sentence, secondsLeft: Math.round(reported.secondsLeft) });
      },
    });
    const settings = { ...options, platform: platform.name };
    const scorecard = scorecardOf(startedAt, { modes: modesInReport, settings, sections, cluster: place });
    this.#keep(experiment.name, scorecard);
    const fault = sections.find((one) => one.fault !== undefined)?.fault;
    journal.note(
      `The experiment ${experiment.name} ${fault === undefined ? 'is over' : `did not come to its end: ${fault}`}`,
    );
  }

  /** Local workloads may have no pods, or one. */
  async #makeRoom(compared: readonly ModeName[]): Promise<void> {
    const { platform, workloads } = this.options;
    const needed = new Set<string>(['account', ...compared.map((mode) => modes[mode].workload)]);
    const scaled = [...needed].map(async (workload) => {
      if (!workloads.includes(workload)) return;
      if ((await platform.pods(workload)).length < minPods) await platform.scale(workload, minPods);
    });
    await Promise.all(scaled);
  }

  #keep(name: string, scorecard: Scorecard): void {
    const id = `${name}-${scorecard.startedAt.replace(/\D/g, '').slice(0, 17)}`;
    this.#reports.set(id, scorecard);
    for (const old of [...this.#reports.keys()].slice(0, -reportsKept)) this.#reports.delete(old);
    const verdicts = judgedClaims(scorecard).map(({ section, claim: { number, sentence, verdict } }) => {
      const { onlyBy } = sayVerdict(verdict, section.rounds, scorecard.settings);
      return { number, sentence, ruling: verdict.ruling, onlyBy, because: verdict.because };
    });
    const one = { id, name, at: Date.now(), passed: isSound(scorecard), verdicts, report: `reports/${id}` };
    this.#done = [...this.#done, one].slice(-reportsKept);
    this.#reported = undefined;
  }

  #runs(running: RunningExperiment | null): void {
    this.#running = running;
    this.#reported = undefined;
  }

  /** Those that customers come to; all that the bank has where it has no customers of ours. */
  #modes(): ModeName[] {
    const chosen = this.options.crowd?.now.settings.modes ?? modeNames;
    return modeNames.filter((mode) => chosen.includes(mode) && this.options.workloads.includes(modes[mode].workload));
  }

  #planOf(experiment: Experiment, quick: boolean): Plan {
    const { platform } = this.options;
    return planOf(experiment, { rounds: sizeOf({ quick }).rounds, modes: this.#modes(), platform, quick });
  }

  #knownFor(compared: readonly ModeName[]): readonly KnownExperiment[] {
    const of = compared.join(',');
    if (this.#known.of === of) return this.#known.list;
    const list = catalogue.map((experiment): KnownExperiment => {
      const { rounds, modes: measured, width } = this.#planOf(experiment, true);
      const each = experiment.expectedSeconds(sizeOf({ quick: true }), this.options.platform.name);
      return {
        name: experiment.name,
        summary: experiment.summary,
        claims: experiment.claims.map(({ number, sentence }) => ({ number, sentence })),
        expectedSeconds: Math.round((rounds * measured.length * each) / Math.max(1, width)),
      };
    });
    this.#known = { of, list };
    return list;
  }
}
