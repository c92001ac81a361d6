import { requestsOfALook } from '../bank/modes.js';

/** Words of the field that the page uses, each in plain sentences; docs/glossary.md has the rest. */
export const terms: Readonly<Record<string, string>> = {
  pod: 'One copy of a service: a process on this machine, a pod on a cluster.',
  boot: 'One life of a pod. Started again under its name it has another boot id, and has forgotten what was in its memory.',
  session: 'What a teller remembers of a customer. A lost one counts when its customer comes back and finds out.',
  sessions: 'How many a pod holds in its own memory. Those of shared are in Redis, and no pod holds any.',
  'req/s': `Requests in the last second. ${requestsOfALook}`,
  p99: '99 of 100 answers of the last five seconds took at most this long, from when the customer meant to ask.',
  '5xx': 'Answers since the pod was started that say that the service failed.',
  CPU: 'Thousandths of a core in the last second. The mark on a bar is what the autoscaler aims at.',
  memory: 'What the pod’s process holds of the machine’s memory.',
  'front door': 'What all requests come through: the ingress on a cluster, a gateway of the lab’s own here.',
};
