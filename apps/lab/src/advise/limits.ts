import { oneRedis, type Cost } from './cost.js';

/** Kubernetes is made for no more (https://kubernetes.io/docs/setup/best-practices/cluster-large/). */
const podsInCluster = 150_000;

/** A figure of a cost that is past what one of something does. */
export interface PastLimit {
  readonly figure: keyof Cost;
  readonly value: number;
  readonly max: number;
  /** What goes behind the number. */
  readonly unit: string;
  readonly label: string;
  /** What does no more, and who says so. */
  readonly one: string;
  readonly source: string;
  /** Whether the bank can have several of it. */
  readonly several: boolean;
}

/** What of a cost is impossible. */
export function pastLimits({ redisOperations, redisWireBytes, wireBytes, pods }: Cost): PastLimit[] {
  const redis = { one: 'Redis', source: 'redis.io, benchmarks', several: false };
  const all: PastLimit[] = [
    {
      figure: 'redisOperations',
      label: 'Redis operations',
      value: redisOperations.value,
      max: oneRedis.operations,
      unit: ' a second',
      ...redis,
    },
    {
      figure: 'redisWireBytes',
      label: 'Redis traffic',
      value: redisWireBytes.value,
      max: oneRedis.link,
      unit: 'B a second',
      ...redis,
    },
    {
      figure: 'pods',
      label: 'pods',
      value: pods.count,
      max: podsInCluster,
      unit: '',
      one: 'cluster',
      source: 'kubernetes.io, large clusters',
      several: false,
    },
    {
      figure: 'wireBytes',
      label: 'client traffic',
      value: wireBytes.value,
      max: oneRedis.link,
      unit: 'B a second',
      one: 'front door (ingress)',
      source: 'a link of 10 Gbit/s',
      several: true,
    },
  ];
  return all.filter(({ value, max }) => value > max && Number.isFinite(value));
}
