import { modes } from '../../bank/modes.js';
import type { ActionName } from '../../protocol/snapshots.js';
import type { OwnSessionStep } from '../../protocol/actions.js';
import type { UrlState } from '../url-state.js';
import { kill, scale } from '../actions.js';
import type { Page } from '../page-context.js';
import type { SessionPanel } from '../panels/session-panel.js';
import type { OwnSessionList } from '../panels/own-session-list.js';

export interface Guide {
  readonly page: Page;
  readonly session: SessionPanel;
  readonly ownSessions: OwnSessionList;
}

export interface TourStep {
  readonly title: string;
  readonly text: string;
  readonly shows: Partial<UrlState>;
  readonly action?: TourAction;
}

interface TourAction {
  readonly act: ActionName;
  readonly text: string;
  /** Whether there is anything to do; always if not given. */
  readonly needed?: (guide: Guide) => boolean;
  /** Resolves to whether it was done: who is asked first may leave it. */
  readonly do: (guide: Guide) => Promise<boolean>;
}

/** The two styles as most people build them. */
const { stateless, sticky } = modes;
/** Few enough for a laptop's cluster. */
const customersToCome = 20;

/** Five steps from "what are these dots" to "what does it cost"; each can be done by one button. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'One bank, two ways to remember',
    text: 'The same customers come to both modes; each dot is one of them. In sticky a dot stays in the one pod that remembers it. In stateless any pod answers, so dots wander. Watch them for a moment.',
    shows: { panel: 'crowd' },
    action: {
      act: 'crowd',
      text: `Let ${customersToCome} customers come to each`,
      needed: ({ page }) => page.now().crowd?.settings.customers === 0 || areMissing(page),
      do: async ({ page }) => {
        await page.lab.ask('PUT', 'crowd', { customers: customersToCome, modes: withBoth(page) });
        return true;
      },
    },
  },
  {
    title: 'Become a customer',
    text: 'Sign in to sticky and begin a transfer. The pod marked “you” now remembers who you are and what you were about to do; you carry little more than a cookie.',
    shows: { panel: 'session', mode: sticky.name },
    action: {
      act: 'session',
      text: 'Sign in, and begin a transfer',
      do: async (guide) => {
        await beginTransfer(guide, sticky.name);
        const may = mayIn(guide, sticky.name);
        return !may.includes('sign-in') && !may.includes('payee');
      },
    },
  },
  {
    title: 'Kill the pod that remembers you',
    text: 'Everybody whose session lived there has to start again, and so have you: what you had begun is gone. The number in red grows as they come back and find out. The line “Money: exact”, above this box, stays as it is: money never was in the pod.',
    shows: { panel: 'session', mode: sticky.name },
    action: {
      act: 'kill',
      text: 'Kill my pod, then go on',
      do: async (guide) => {
        const pod = guide.ownSessions.at(sticky.name)?.pod ?? firstReady(guide, sticky.workload);
        if (pod === undefined) return false;
        const done = await guide.page.actionRunner.do(kill(pod, guide.page));
        if (done !== undefined && guide.ownSessions.at(sticky.name) !== undefined) await guide.session.ask('look');
        return done !== undefined;
      },
    },
  },
  {
    title: 'Kill one that remembers nobody',
    text: 'Now the same in stateless: sign in, begin a transfer, and kill the pod that answered you. Nobody has to start again, and neither have you: each request brings all it needs, and the next pod goes on with your transfer. The table of losses shows the difference.',
    shows: { panel: 'session', mode: stateless.name },
    action: {
      act: 'kill',
      text: 'Begin a transfer, kill the pod that answered, go on',
      do: async (guide) => {
        await beginTransfer(guide, stateless.name);
        const pod = guide.ownSessions.at(stateless.name)?.pod ?? firstReady(guide, stateless.workload);
        if (pod === undefined) return false;
        const done = await guide.page.actionRunner.do(kill(pod, guide.page));
        const may = mayIn(guide, stateless.name);
        if (done !== undefined && !may.includes('sign-in'))
          await guide.session.ask(may.includes('amount') ? 'amount' : 'look');
        return done !== undefined;
      },
    },
  },
  {
    title: 'Add a pod to each',
    text: 'The new stateless pod soon takes its even share. The new sticky pod stays cold: those who are remembered elsewhere stay there. This was the last step: end the tour, and try what you like, such as the other modes under Customers.',
    shows: { panel: 'scaling' },
    action: {
      act: 'scale',
      text: 'One pod more for each',
      do: async ({ page }) => {
        const added = [stateless, sticky].map(({ workload }) => {
          const there = page.now().workloads.find((one) => one.workload === workload)?.pods ?? [];
          const pods = there.filter(({ phase }) => phase === 'ready' || phase === 'starting').length;
          return page.actionRunner.do(scale(workload, pods + 1, page));
        });
        return (await Promise.all(added)).every((done) => done !== undefined);
      },
    },
  },
];

/** Signs in and begins, as far as that was not done already. */
async function beginTransfer(guide: Guide, mode: string): Promise<void> {
  if (mayIn(guide, mode).includes('sign-in')) await guide.session.ask('sign-in');
  if (mayIn(guide, mode).includes('payee')) await guide.session.ask('payee');
}

function mayIn({ ownSessions }: Guide, mode: string): readonly OwnSessionStep[] {
  return ownSessions.at(mode)?.may ?? ['sign-in'];
}

function areMissing(page: Page): boolean {
  const compared = page.now().crowd?.settings.modes;
  return compared !== undefined && !withBoth(page).every((mode) => compared.includes(mode));
}

/** What is compared already, and the two styles that the tour is about. */
function withBoth(page: Page): string[] {
  return [...new Set([stateless.name, sticky.name, ...(page.now().crowd?.settings.modes ?? [])])];
}

function firstReady({ page }: Guide, workload: string): string | undefined {
  const pods = page.now().workloads.find((one) => one.workload === workload)?.pods ?? [];
  return pods.find(({ phase }) => phase === 'ready')?.name;
}
