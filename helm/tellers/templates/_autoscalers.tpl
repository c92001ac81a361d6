{{/*
What a workload is scaled by: `cpu` (an HPA), `custom-metrics` (an HPA that reads sessions, too) or `keda` (a ScaledObject);
empty for nobody. Takes root and workload. Values of an earlier release do not say it.
*/}}
{{- define "tellers.autoscaledBy" -}}
{{- $settings := (index .root.Values .workload.app).autoscaling -}}
{{- if $settings.enabled -}}
{{- if and (eq .workload.app "session") (eq $settings.metric "sessions") (ne .workload.store "redis") -}}
{{- $settings.sessionsFrom | default "keda" -}}
{{- else -}}
cpu
{{- end -}}
{{- end -}}
{{- end -}}

{{/* How fast an autoscaler adds pods and takes them away; takes app and settings. */}}
{{- define "tellers.scalingBehavior" -}}
scaleUp:
  stabilizationWindowSeconds: 0
  selectPolicy: Max
  policies:
    - { type: Percent, value: 100, periodSeconds: 15 }
    - { type: Pods, value: 4, periodSeconds: 15 }
scaleDown:
  stabilizationWindowSeconds: {{ .settings.scaleInWindowSeconds }}
  policies:
    {{- if eq .app "session" }}
    # Each pod that goes takes its clients' sessions with it, or hands them over.
    - { type: Pods, value: 1, periodSeconds: 60 }
    {{- else }}
    - { type: Percent, value: 50, periodSeconds: 30 }
    {{- end }}
{{- end -}}
