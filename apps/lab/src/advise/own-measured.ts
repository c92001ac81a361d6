import { isHeldInPod, isMisroutedByDesign, type ModeName, modeNames, modes } from '../bank/modes.js';
import { base64, carriedBytes, stateCpuUs } from './cost.js';
import type { Measured, MeasuredMode, Traced } from './measured.js';
import { isTold, type OwnFigure, type OwnService } from './own-service.js';
import { UnfitReport, withCommand } from './unfit-report.js';
import type { AdvisedWorkload } from './workload.js';

/** The mode of the bank that the service's own figures stand for: one that is led to nowhere is measured at one replica alone. */
export function twinOf(mode: ModeName): ModeName {
  if (!isMisroutedByDesign(mode)) return mode;
  return modeNames.find((one) => modes[one].store === modes[mode].store && !isMisroutedByDesign(one))!;
}

/**
 * What an advice goes by for the reader's own service: in the mode of today its own figures; in another one these, and as
 * much more or less as in the bank. What the examination could not tell is the bank's.
 * @throws UnfitReport where the bank's report did not measure the mode of today
 */
export function measuredOf(own: OwnService, bank: Measured, workload: AdvisedWorkload, platform: string): Measured {
  const twin = twinOf(own.mode);
  const today = bank.modes[twin];
  if (today === undefined) {
    throw new UnfitReport(
      withCommand(`It did not measure ${twin}, which your service is to be compared with.`, platform),
    );
  }
  const found = Object.entries(bank.modes) as [ModeName, MeasuredMode][];
  const { sessionBytes } = own;
  // Its own figures hold for the sessions that it has, whatever others are asked for.
  const asIs = isTold(sessionBytes) ? { ...workload, sessionBytes: sessionBytes.value } : workload;
  return {
    ...bank,
    modes: Object.fromEntries(
      found.map(([mode, there]) => [mode, ofMode(own, bank, asIs, { mode, twin, there, today })]),
    ),
    readKibUs: banks(bank.readKibUs),
    writeKibUs: banks(bank.writeKibUs),
    error: {
      cpu: Math.max(bank.error.cpu, offOf(own.cpuUs)),
      traffic: bank.error.traffic,
      memory: Math.max(bank.error.memory, asIs.sessionBytes === workload.sessionBytes ? offOf(sessionBytes) : 0),
    },
  };
}

const offOf = (figure: OwnFigure): number => (isTold(figure) ? (figure.off ?? 0) : 0);

interface ComparedModes {
  readonly mode: ModeName;
  readonly there: MeasuredMode;
  /** Of today, as the bank has it. */
  readonly twin: ModeName;
  readonly today: MeasuredMode;
}

function ofMode(own: OwnService, bank: Measured, workload: AdvisedWorkload, compared: ComparedModes): MeasuredMode {
  const { mode, twin, there } = compared;
  const carried = carriedBytes(twin, workload);
  const inHeader = modes[twin].store === 'none' ? workload.sessionBytes * base64 : 0;
  const lost = (key: 'lostInCrash' | 'lostInRollout' | 'lostAnyway'): Traced =>
    mode === own.mode ? yours(own[key], there[key]) : banks(there[key]);
  return {
    requestsPerAct: { value: own.requests, from: `yours, ${own.requests} requests of the journey` },
    cpuUs: compare(own.cpuUs, 'cpuUs', compared, {
      value: stateCpuUs(twin, bank, workload).value,
      words: 'CPU of its state',
    }),
    atRestPercent: yours(own.atRestPercent, there.atRestPercent),
    wireBytes: yours(own.wireBytes, there.wireBytes, { value: carried, words: 'its state' }),
    headerBytes: yours(own.headerBytes, there.headerBytes, { value: inHeader, words: 'its state' }),
    emptyPodBytes: compare(own.replicaBytes, 'emptyPodBytes', compared),
    sessionBytes: { value: 0, from: isHeldInPod(mode) ? '' : '0, they keep no session' },
    lostInCrash: lost('lostInCrash'),
    lostInRollout: lost('lostInRollout'),
    lostAnyway: lost('lostAnyway'),
    ...(isTold(own.replicaBytes) && { minPodBytes: 0 }),
  };
}

/** A part of a figure that the formulas add for each mode, and so must not be in it. */
interface OwnPart {
  readonly value: number;
  readonly words: string;
}

function yours(figure: OwnFigure, bank: Traced, part?: OwnPart): Traced {
  if (!isTold(figure)) return banks(bank);
  if (!part?.value) return { value: figure.value, from: figure.from };
  return { value: Math.max(0, figure.value - part.value), from: `${figure.from} - ${part.words}` };
}

/** What a request takes beside its session is no part of the difference: where yours takes less than the bank's, so does that. */
function compare(
  figure: OwnFigure,
  key: 'cpuUs' | 'emptyPodBytes',
  { mode, twin, there, today }: ComparedModes,
  part?: OwnPart,
): Traced {
  const now = yours(figure, there[key], part);
  if (!isTold(figure) || mode === twin) return now;
  const difference = (there[key].value - today[key].value) * Math.min(1, now.value / today[key].value);
  if (difference === 0) return now;
  const sign = difference < 0 ? '-' : '+';
  return {
    value: now.value + difference,
    from: `${now.from} ${sign} what ${mode} takes ${difference < 0 ? 'less' : 'more'} in the bank, ${there[key].from} against ${today[key].from}`,
  };
}

const banks = ({ value, from }: Traced): Traced => ({ value, from: `the bank’s ${from}` });
