import { join } from 'node:path';
import { repositoryRoot } from '../../src/repository.js';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { startKubernetesPlatform } from '../../src/bank/kubernetes/start-kubernetes-platform.js';
import { nameMeans } from './host-name.js';
import { bankUrl, helm, place } from './place.js';

export type Values = Readonly<Record<string, string>>;

/** Above what a bank of ten pods needs to be replaced, each with its grace period. */
export const upgradeMs = 600_000;
/** A pod that goes away, another that comes, on a machine that is busy with the load as well. */
export const faultMs = 300_000;

export const chart = join(repositoryRoot, 'helm/tellers');

/** All that the chart's default values leave to this cluster: the image's tag, and a name beside other banks. */
const ours: Values = {
  'image.tag': place.tag,
  'ingress.host': place.host,
  // All specs register from one address, also after one that takes all that this has in an hour.
  'auth.registrationsPerHour': '0',
};

/** Every mode that DESIGN compares but the one that loses sessions anyway, and no pods that an HPA adds or takes away. */
export const steadyModes: Values = {
  'modes.handoff.enabled': 'true',
  'modes.shared.enabled': 'true',
  'auth.autoscaling.enabled': 'false',
  'account.autoscaling.enabled': 'false',
  'session.autoscaling.enabled': 'false',
  // A Secret's change takes up to two minutes to reach a pod.
  'signingKeys.leadSeconds': '130',
};

/** Installs or upgrades the chart with these values over its defaults, and waits until all is ready. */
export async function upgradeBank(values: Values, ...flags: readonly string[]): Promise<void> {
  const sets = Object.entries({ ...ours, ...values }).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const wait = ['--reset-values', '--wait', '--timeout', '10m'];
  await helm('upgrade', place.release, chart, '--install', ...wait, ...flags, ...sets);
}

/** Has the chart installed with these values over its defaults, ready, and gives hold of it. */
export async function openBank(values: Values = {}): Promise<KubernetesPlatform> {
  await upgradeBank(values);
  nameMeans(place.host, new URL(place.ingressUrl).hostname);
  const { context, namespace, release } = place;
  const platform = await startKubernetesPlatform({ context, namespace, release, url: bankUrl });
  await platform.settled(faultMs);
  return platform;
}
