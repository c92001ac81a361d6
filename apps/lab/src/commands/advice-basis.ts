import { join } from 'node:path';
import { measuredIn, type Measured } from '../advise/measured.js';
import { measuredOf } from '../advise/own-measured.js';
import { isTold, ownService, type OwnService } from '../advise/own-service.js';
import type { AdvisedService } from '../advise/own-view.js';
import { ranges, type AdvisedWorkload } from '../advise/workload.js';
import { readScorecard } from '../report/read-scorecard.js';
import type { Scorecard } from '../report/scorecard.js';
import { repositoryRoot } from '../repository.js';
import { UserError } from '../user-error.js';
import { fromUser } from './options.js';

/** A workload, and the reports that an advice for it goes by. */
export interface AdviceReports extends Omit<AdvisedWorkload, 'sessionBytes'> {
  readonly report?: string;
  readonly bankReport?: string;
  /** What an examination may tell instead. */
  readonly sessionBytes?: number;
}

/** What we have measured of the bank, by platform. */
const ours = (platform: string): string => (platform === 'kubernetes' ? 'docs/report/kubernetes' : 'docs/report');

/** What an advice goes by. */
export interface AdviceBasis {
  readonly workload: AdvisedWorkload;
  readonly measured: Measured;
  /** In words. */
  readonly source: string;
  readonly own?: AdvisedService;
}

/**
 * Reads the reports, and takes from them and from what was given what an advice needs.
 * @throws UserError, UnreadableScorecard, UnfitReport with what to do
 */
export function adviceBasis(flags: AdviceReports): AdviceBasis {
  const name = flags.report ?? ours('local');
  const scorecard = readScorecard(flags.report === undefined ? join(repositoryRoot, name) : fromUser(name));
  const { examined } = scorecard;
  if (examined !== undefined) return examinedBasis(flags, ownService(examined, scorecard), scorecard);
  if (flags.bankReport !== undefined) {
    throw new UserError('--bank-report goes with an examination. Give the report of a run by --report alone.');
  }
  if (flags.sessionBytes === undefined) {
    throw new UserError(
      '--session-bytes is missing: how many bytes a session takes, only an examination tells instead.',
    );
  }
  const workload = { ...flags, sessionBytes: flags.sessionBytes };
  return { workload, measured: measuredIn(scorecard), source: sourceOf(name, scorecard) };
}

function examinedBasis(flags: AdviceReports, service: OwnService, examination: Scorecard): AdviceBasis {
  const name = flags.bankReport ?? ours(examination.settings.platform);
  const bank = readScorecard(flags.bankReport === undefined ? join(repositoryRoot, name) : fromUser(name));
  if (bank.examined !== undefined) {
    throw new UserError(
      '--bank-report takes the report of a run of the bank, as `run --report` writes it. Give an examination by --report.',
    );
  }
  const workload = { ...flags, sessionBytes: flags.sessionBytes ?? sessionBytesOf(service) };
  const yours = sourceOf(flags.report!, examination);
  return {
    workload,
    measured: measuredOf(service, measuredIn(bank), workload, bank.settings.platform),
    source: `yours: ${yours}; the bank’s: ${sourceOf(name, bank)}`,
    own: { service, isSessionGiven: flags.sessionBytes !== undefined },
  };
}

function sessionBytesOf({ sessionBytes }: OwnService): number {
  const { max } = ranges.sessionBytes;
  const why = !isTold(sessionBytes)
    ? sessionBytes.untold
    : sessionBytes.value > max
      ? `it came out as ${sessionBytes.value} bytes, and no advice is good for more than ${max}.`
      : undefined;
  if (why === undefined && isTold(sessionBytes)) return sessionBytes.value;
  throw new UserError(`This examination does not tell how many bytes a session takes: ${why} Give --session-bytes.`);
}

function sourceOf(name: string, { machine, settings, startedAt }: Scorecard): string {
  return `${name}, ${startedAt.slice(0, 10)}, ${settings.platform}, ${machine.cpu}`;
}
