import type { AutoscalerMetric, Autoscaling } from '../platform/platform.js';

/** What the chart has autoscalers go by: KEDA calls whatever Prometheus tells it by Prometheus' name. */
const inWords: Readonly<Record<string, string>> = { tellers_sessions_open: 'sessions', prometheus: 'sessions' };

/** What an autoscaler read last of each metric that it goes by, and what it aims at: `CPU 85m of 50m, sessions 900 of 1000`. */
export function autoscalerReads({ cpu, target, unit, others }: Autoscaling): string {
  const ofCpu = { name: 'CPU', value: cpu, target, unit };
  const goesByCpu = target !== null || others.length === 0;
  return [...(goesByCpu ? [ofCpu] : []), ...others.map(inBank)]
    .map(
      (metric) =>
        `${metric.name} ${amount(metric.value, metric.unit, 'unknown')} of ${amount(metric.target, metric.unit, '-')}`,
    )
    .join(', ');
}

function inBank(metric: AutoscalerMetric) {
  return { ...metric, name: inWords[metric.name] ?? metric.name, unit: '' };
}

function amount(value: number | null, unit: string, otherwise: string): string {
  return value === null ? otherwise : `${Number(value.toFixed(value < 10 ? 1 : 0))}${unit}`;
}
