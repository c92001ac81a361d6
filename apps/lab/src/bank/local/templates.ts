import { join } from 'node:path';
import { keepsSessions, modes, type WorkloadName } from '../modes.js';
import { podEnvironment, type RunSettings } from './pod-environment.js';
import { appEntry } from '../../repository.js';
import type { WorkloadTemplate } from '../../platform/local/workload.js';

export type WorkloadTemplates = Readonly<Record<WorkloadName, WorkloadTemplate>>;

/** Settings of a workload's pods beside those that every run needs. */
export type ExtraEnvironment = Partial<Record<WorkloadName, Readonly<Record<string, string>>>>;

/** Other built programs than this project's own that a workload's pods run. */
export type OtherEntries = Partial<Record<WorkloadName, string>>;

/** How the pods of each workload are made; their logs are in the run folder's `logs`. */
export function workloadTemplates(
  folder: string,
  run: RunSettings,
  extra: ExtraEnvironment,
  entries: OtherEntries = {},
): WorkloadTemplates {
  const names: WorkloadName[] = ['auth', ...Object.values(modes).map(({ workload }) => workload)];
  const template = (workload: WorkloadName): WorkloadTemplate => ({
    kind: keepsSessions(workload) ? 'StatefulSet' : 'Deployment',
    spec: (podName) => ({
      entry:
        entries[workload] ?? appEntry(workload === 'auth' ? workload : keepsSessions(workload) ? 'session' : 'account'),
      environment: { ...podEnvironment(workload, podName, run), ...extra[workload] },
      logFile: logFileOf(folder, podName),
    }),
  });
  return Object.fromEntries(names.map((name) => [name, template(name)])) as Record<WorkloadName, WorkloadTemplate>;
}

export function logFileOf(folder: string, podName: string): string {
  return join(folder, 'logs', `${podName}.log`);
}
