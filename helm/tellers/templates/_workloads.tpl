{{/*
The modes of the session service, as DESIGN's table has them: where a session lives, and what binds a client to a pod.
*/}}
{{- define "tellers.sessionModes" -}}
sticky: { store: memory, affinity: cookie, path: /session }
unpinned: { store: memory, affinity: none, path: /unpinned/session }
handoff: { store: handoff, affinity: cookie, path: /handoff/session }
shared: { store: redis, affinity: none, path: /shared/session }
{{- end -}}

{{/*
What runs and has a path at the front door: a list of app (key of its values), component, kind, path, affinity and,
for the session service, mode and store.
*/}}
{{- define "tellers.workloads" -}}
{{- $modes := include "tellers.sessionModes" . | fromYaml -}}
- { app: auth, component: auth, kind: Deployment, path: /auth, affinity: none }
{{- if .Values.modes.stateless.enabled }}
- { app: account, component: account, kind: Deployment, path: /account, affinity: none }
{{- end }}
{{- range $name, $mode := $modes }}
{{- if (index $.Values.modes $name).enabled }}
- { app: session, component: session-{{ $name }}, kind: StatefulSet, mode: {{ $name }}, path: {{ $mode.path }}, affinity: {{ $mode.affinity }}, store: {{ $mode.store }} }
{{- end }}
{{- end }}
{{- end -}}
