import { LoadRecord } from '../load/load-record.js';
import type { LossObserver } from '../load/observer.js';
import { Recorder } from '../load/recorder.js';
import type { WarmUp } from '../load/warm-up.js';
import { modes, type ModeName } from './modes.js';
import type { JourneyEnd, Observer, TransferEnd } from './observer.js';

/** All that customers met in one mode. Requests to auth are the same in each mode: their time and bytes count for none. */
export class ModeRecord extends LoadRecord<ModeName> implements Observer {
  readonly transfers: Record<TransferEnd, number> = {
    acknowledged: 0,
    refused: 0,
    'settled-done': 0,
    'settled-not-done': 0,
    unsettled: 0,
  };
  readonly journeys: Record<JourneyEnd, number> = { finished: 0, 'gave-up': 0, stopped: 0 };

  constructor(mode: ModeName, startedAt: number, warmUp: WarmUp, losses?: LossObserver<ModeName>) {
    super(mode, (path) => path.startsWith(modes[mode].path), startedAt, warmUp, losses);
  }

  transferred(end: TransferEnd): void {
    this.transfers[end]++;
  }

  journeyed(end: JourneyEnd): void {
    this.journeys[end]++;
  }

  /** What page, terminal and scorecard show alike; bytes and fields are those of a request. */
  get totals() {
    const { requests, failed, journeys, transfers, bytes, cost } = this;
    return {
      requests,
      failed,
      lost: this.sessionsLost,
      journeys: journeys.finished,
      gaveUp: journeys['gave-up'],
      transfers: transfers.acknowledged + transfers['settled-done'],
      sentHeader: this.perRequest(bytes.requestHeader),
      sentBody: this.perRequest(bytes.requestBody),
      receivedHeader: this.perRequest(bytes.replyHeader),
      receivedBody: this.perRequest(bytes.replyBody),
      preparedFields: this.perRequest(cost.preparedFields),
      carriedFields: this.perRequest(cost.carriedFields),
    };
  }
}

/** What all customers of one run met, mode by mode: the scorecard and the live views all read it. */
export class BankRecorder extends Recorder<ModeName, ModeRecord> {
  constructor(losses?: LossObserver<ModeName>) {
    super((mode, startedAt, warmUp) => new ModeRecord(mode, startedAt, warmUp, losses));
  }
}
