import { Address } from './address.js';
import { Announcer } from './announcer.js';
import { AskFirst } from './ask-first.js';
import { Motion } from './canvas/motion.js';
import { CallIt } from './call-it.js';
import { Children } from './children.js';
import { Connection } from './connection.js';
import { element, found, timeElement, write } from './element.js';
import { Lab } from './lab.js';
import type { Act, BankNow, Change, Happening } from './messages.js';
import { AuditLine } from './panels/audit-line.js';
import { CrowdPanel } from './panels/crowd-panel.js';
import { ExperimentsPanel } from './panels/experiments-panel.js';
import { LossesTable } from './panels/losses-table.js';
import { ScalingPanel } from './panels/scaling-panel.js';
import { SessionPanel } from './panels/session-panel.js';
import { Tabs } from './panels/tabs.js';
import { Visits } from './panels/visits.js';
import { Performer } from './performer.js';
import type { Shown } from './shown.js';
import { Stage } from './stage/stage.js';
import { StatusLine } from './status-line.js';
import { Tour } from './tour/tour.js';

/** When pods are shown and buttons work, for who measures how fast that is. */
const usable = 'tellers-usable';

let now: BankNow | undefined;
const lab = new Lab();
const address = new Address(go, (token) => lab.take(token));
const performer = new Performer(lab, new AskFirst());
const page = {
  lab,
  address,
  performer,
  now: () => {
    if (now === undefined) throw new Error('Nothing was told yet.');
    return now;
  },
  yours: () => visits.pods,
};
const status = new StatusLine();
const stage = new Stage(page);
const motion = new Motion(found('stage'), found('motion') as HTMLCanvasElement);
const announcer = new Announcer();
const visits = new Visits(lab, (visit) => {
  session.show();
  stage.yours = visits.pods;
  if (visit?.lost) motion.lose(visit.mode, visit.lost.pod, visit.lost.cause);
  if (now !== undefined) stage.show(now);
});
const session: SessionPanel = new SessionPanel(page, visits);
const scaling = new ScalingPanel();
const parts = [
  stage,
  new CrowdPanel(page),
  new ExperimentsPanel(page),
  new LossesTable(),
  new AuditLine(),
  new CallIt(),
];
const tabs = new Tabs((panel) => address.go({ panel }));
const tour = new Tour({ page, session, visits });
const happenings = new Children(
  found('happenings'),
  ({ id, at }) => `${id} ${at}`,
  ({ at, sentence }: Happening) => ({
    root: element('li', '', timeElement(at), element('span', '', sentence)),
    show: () => {},
  }),
);

found('said').append(performer.root);
found('share').addEventListener('click', () => void share());
go(address.shown);
new Connection(
  { show, lost: (since) => status.lost(since), restarted: () => status.restarted() },
  () => new EventSource('events'),
).open();

function show(told: BankNow, change?: Change): void {
  now = told;
  lab.hear(now);
  status.show(now);
  for (const part of parts) part.show(now);
  scaling.show(now);
  session.hear(now);
  happenings.show(now.happenings.toReversed());
  found('quiet').hidden = now.happenings.length > 0;
  announcer.hear(change?.crowd?.losses ?? []);
  showActs();
  tour.hear();
  motion.show(now, change);
  if (performance.getEntriesByName(usable).length === 0) performance.mark(usable);
}

/** What cannot be done here is not on the page, and a sentence says why. */
function showActs(): void {
  for (const one of document.querySelectorAll<HTMLElement>('[data-act]')) {
    one.hidden = !lab.can(one.dataset['act'] as Act);
  }
  for (const one of document.querySelectorAll<HTMLElement>('[data-why]')) {
    one.hidden = lab.can(one.dataset['why'] as Act);
    write(one, lab.why === '' ? 'This lab does not offer that.' : lab.why);
  }
  found('why').hidden = lab.why === '';
  write(found('why'), lab.why);
}

function go({ panel, tour: step }: Shown): void {
  tabs.show(panel);
  session.show();
  tour.show(step);
  scaling.shown(now);
}

async function share(): Promise<void> {
  try {
    await navigator.clipboard.writeText(address.link);
    performer.say('The link to this view is copied. It lets others look, not act.');
  } catch {
    // Not every address is a secure context.
    performer.say(`The link to this view: ${address.link}`);
  }
}
