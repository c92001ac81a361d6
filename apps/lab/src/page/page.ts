import { Address } from './address.js';
import { LiveRegion } from './live-region.js';
import { Confirmation } from './confirmation.js';
import { FocusKeeper } from './focus-keeper.js';
import { Motion } from './canvas/motion.js';
import { CallIt } from './call-it.js';
import { KeyedList } from './keyed-list.js';
import { LabConnection } from './connection.js';
import { element, found, timeElement, write } from './element.js';
import { LabApi } from './lab.js';
import { LossHeaps } from './loss-heaps.js';
import type { ActionName, BankSnapshot, SnapshotChange, LabEvent } from '../protocol/snapshots.js';
import { followSkipLinks } from './skip-links.js';
import { AuditLine } from './panels/audit-line.js';
import { CrowdPanel } from './panels/crowd-panel.js';
import { ExperimentsPanel } from './panels/experiments-panel.js';
import { LossesTable } from './panels/losses-table.js';
import { ScalingPanel } from './panels/scaling-panel.js';
import { SessionPanel } from './panels/session-panel.js';
import { Tabs } from './panels/tabs.js';
import { OwnSessionList } from './panels/own-session-list.js';
import { ActionPanel } from './action-panel.js';
import type { UrlState } from './url-state.js';
import { Stage } from './stage/stage.js';
import { StatusLine } from './status-line.js';
import { Tour } from './tour/tour.js';

/** When pods are shown and buttons work, for who measures how fast that is. */
const usable = 'tellers-usable';

const lab = new LabApi();
const address = new Address((token) => lab.take(token));
const actionRunner = new ActionPanel(lab, new Confirmation());
const ownSessions = new OwnSessionList(lab);
const page = { lab, address, actionRunner, now: () => lab.now, yours: () => ownSessions.podsIn(lab.now) };
const status = new StatusLine();
const stage = new Stage(page);
const motion = new Motion(found('stage'), found('motion') as HTMLCanvasElement);
const liveRegion = new LiveRegion();
const lossHeaps = new LossHeaps();
const session = new SessionPanel(page, ownSessions);
const scaling = new ScalingPanel();
const parts = [
  status,
  stage,
  new CrowdPanel(page),
  new ExperimentsPanel(page),
  new LossesTable(),
  new AuditLine(),
  new CallIt(),
  scaling,
];
const focus = new FocusKeeper(found('seen'));
const tabs = new Tabs((panel) => address.go({ panel }));
const tour = new Tour({ page, session, ownSessions });
const events = new KeyedList(
  found('events'),
  ({ id, at }) => `${id} ${at}`,
  ({ at, sentence }: LabEvent) => ({
    root: element('li', '', timeElement(at), element('span', '', sentence)),
    show: () => {},
  }),
);

ownSessions.onChange = (ownSession) => {
  session.show();
  if (ownSession?.lost) motion.loseOwn(ownSession.mode, ownSession.lost.pod);
  stage.show(lab.now);
};
found('said').append(actionRunner.root);
followSkipLinks();
found('share').addEventListener('click', () => void share());
address.onChange = go;
go(address.displayed);
new LabConnection({ show, lost: (since) => status.lost(since), restarted }, () => new EventSource('events')).open();

function show(now: BankSnapshot, change?: SnapshotChange): void {
  lab.hear(now);
  for (const part of parts) part.show(now);
  session.hear(now);
  events.show(now.events.toReversed());
  found('quiet').hidden = now.events.length > 0;
  actionRunner.hear(now);
  const heaps = lossHeaps.add(change?.crowd?.losses ?? []);
  liveRegion.hear(heaps);
  showActs();
  tour.hear();
  motion.show(now, heaps, change);
  focus.restore();
  if (performance.getEntriesByName(usable).length === 0) performance.mark(usable);
}

/** What a lab before this one knew of your sessions is gone with it. */
function restarted(): void {
  status.restarted();
  ownSessions.forgetAll();
}

/** What cannot be done here is not on the page, and a sentence says why. */
function showActs(): void {
  for (const one of document.querySelectorAll<HTMLElement>('[data-act]')) {
    one.hidden = !lab.can(one.dataset['act'] as ActionName);
  }
  for (const one of document.querySelectorAll<HTMLElement>('[data-why]')) {
    one.hidden = lab.can(one.dataset['why'] as ActionName);
    write(one, lab.why === '' ? 'This lab does not offer that.' : lab.why);
  }
  found('why').hidden = lab.why === '';
  write(found('why'), lab.why);
}

function go({ panel, tour: step }: UrlState): void {
  tabs.show(panel);
  session.show();
  tour.show(step);
  scaling.displayed();
}

async function share(): Promise<void> {
  try {
    await navigator.clipboard.writeText(address.link);
    actionRunner.say('The link to this view is copied. It lets others look, not act.');
  } catch {
    // Not every address is a secure context.
    actionRunner.say(`The link to this view: ${address.link}`);
  }
}
