import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../user-error.js';
import type { Journey, JourneyRequest } from '../journey/journey.js';
import { inWords, judgeStep, type JudgedReply } from '../replies/judge-step.js';
import { readReply, type ReadReply } from '../replies/read-reply.js';
import { ReplicaTraits } from '../replies/replica-traits.js';
import { Variation } from '../replies/variation.js';
import type { Replica, Target } from '../target/target.js';
import type { JourneyWalk, WalkedStep, Walker } from '../walk/walker.js';

const anotherSecondMs = 1_100;

/** More replicas than these tell nothing new of what differs between them. */
const maxReplicas = 4;

interface RestingStep {
  readonly request: JourneyRequest;
  readonly replies: readonly ReadReply[];
  readonly variation: Variation;
}

/** Of a step, what it is judged by. */
type JudgedStep = Pick<WalkedStep, 'index' | 'request' | 'reply' | 'missing'>;

/** What a service answers to a journey when nothing disturbs it, and what varies in that on its own. */
export class AtRest {
  /** What a new client got that sent one request by itself: kept by those that need no earlier one. */
  readonly alone: JudgedReply[] = [];
  readonly #steps: readonly RestingStep[];

  constructor(
    { requests }: Journey,
    /** Walks of new clients, each at one replica alone; the first two at the same one. */
    readonly walks: readonly JourneyWalk[],
    /** Takes secrets out of what is told. */
    private readonly mask: (text: string) => string,
  ) {
    const traits = new ReplicaTraits();
    const [first, second, ...elsewhere] = walks;
    this.#steps = requests.map((request, index) => {
      const read = (walk: JourneyWalk | undefined) => walk?.steps[index] && readReply(walk.steps[index].reply);
      const [one, other] = [read(first), read(second)];
      const variation = new Variation(traits);
      if (one !== undefined && other !== undefined) variation.learn(one, other);
      const there = elsewhere.flatMap((walk) => read(walk) ?? []);
      // The first request alone has no earlier one that a replica could remember.
      for (const reply of there) if (one !== undefined) variation.learn(one, reply, index === 0 ? 'replica' : 'alike');
      return { request, replies: [one, other].filter((reply) => reply !== undefined), variation };
    });
  }

  /** Requests that were refused, or not answered alike, the two times, in sentences: what is told of them is worth little. */
  get unsteady(): string[] {
    return this.#steps.flatMap(({ request, replies: [one, other] }) => {
      if (one === undefined || other === undefined) return [];
      if (one.status !== other.status) {
        return [
          `${request.name} was answered ${one.status} and then ${other.status} when all was at rest: give what must be ` +
            'new each time as {{random}}, and what must be there before by an earlier request.',
        ];
      }
      if (one.status === undefined || one.status < 400 || request.keeps !== undefined) return [];
      return [
        `${request.name} is answered ${one.status} when all is at rest, so that no session shows in it: does the journey ` +
          'lack a request that must come before, or does this one bring what is wrong?',
      ];
    });
  }

  /** Whether a step gave what it gives at rest: what is no longer there, or other, is lost; what is new beside it is not. */
  judge({ index, request, reply, missing }: JudgedStep, others: readonly ReadReply[] = []): JudgedReply {
    const { replies, variation } = this.#step(index);
    return judgeStep(request, replies, reply, variation, { missing, others, mask: this.mask });
  }

  /** What a step gave otherwise than at rest, in words; what is new counts, too. Undefined where it gave the same. */
  changeIn(step: JudgedStep): string | undefined {
    const { ruling, why } = this.judge(step);
    if (ruling !== 'kept') return why;
    const { replies, variation } = this.#step(step.index);
    const [usual] = replies;
    if (usual === undefined || step.request.keeps !== undefined || step.reply.status === 304) return undefined;
    const differences = variation.withLike(replies).differences(usual, readReply(step.reply), this.mask);
    const telling = differences.filter(({ kind, idsAlone }) => kind !== 'cookie' && !idsAlone);
    return telling.length === 0 ? undefined : inWords(telling);
  }

  /** Whether a request gives another reply without those before it. */
  needsEarlier(index: number): boolean {
    return this.alone[index]?.ruling !== 'kept';
  }

  /**
   * Which request failed in a walk that had sent what it needs, and how: a fault of the service, that changes what follows
   * and tells nothing of memory. One that fails without what it needs is not told from that, and none.
   */
  faultIn(steps: readonly JudgedStep[]): string | undefined {
    const fault = steps.find(
      (step) => this.judge(step).ruling === 'failed' && this.alone[step.index]?.ruling !== 'failed',
    );
    return fault && `${fault.request.name}, ${this.judge(fault).why}`;
  }

  /** What a request was answered at rest. */
  repliesTo(index: number): readonly ReadReply[] {
    return this.#step(index).replies;
  }

  variationOf(index: number): Variation {
    return this.#step(index).variation;
  }

  #step(index: number): RestingStep {
    const step = this.#steps[index];
    if (step === undefined) throw new RangeError(`The journey has no request ${index}.`);
    return step;
  }
}

interface LearnedFrom {
  readonly journey: Journey;
  readonly target: Target;
  readonly walker: Walker;
  readonly mask: (text: string) => string;
}

/** Walks the journey as that user, twice at one replica and once at each other, and sends each request by itself. */
export async function learnAtRest({ journey, target, walker, mask }: LearnedFrom, user: number): Promise<AtRest> {
  const walkAt = (place: Replica | 'front door'): Promise<JourneyWalk> => walker.walk({ to: () => place, user });
  const [home = 'front door' as const, ...others] = await target.replicas();
  const first = await walkAt(home);
  checkAnswered(target, first);
  // What tells the time in whole seconds, as a signed token does, would seem not to vary.
  await sleep(anotherSecondMs);
  const walks = [first, await walkAt(home)];
  for (const other of others.slice(0, maxReplicas - 1)) walks.push(await walkAt(other));
  const atRest = new AtRest(journey, walks, mask);
  for (const index of journey.requests.keys()) {
    const { steps } = await walker.walk({ to: () => home, only: [index], user });
    atRest.alone.push(atRest.judge(steps[0]!));
  }
  return atRest;
}

/** A service that answers nothing, or by faults alone, would be told to be as it is at rest, whatever is done to it. */
function checkAnswered({ name }: Target, { steps }: JourneyWalk): void {
  const sent = steps.filter(({ missing }) => missing === undefined).map(({ reply }) => reply);
  const fault = sent.find((reply) => reply.fault !== undefined)?.fault;
  if (sent.every(({ status }) => status === undefined)) {
    throw new UserError(
      `${name} answers none of the journey's requests (${fault ?? 'nothing came'}): start it, or give its address.`,
    );
  }
  if (sent.every(({ status }) => status === undefined || status >= 500)) {
    throw new UserError(
      `${name} answers every request of the journey by a fault (${sent[0]?.status ?? fault}): its log says why. ` +
        'Nothing can be told of a service that does not work at rest.',
    );
  }
}
