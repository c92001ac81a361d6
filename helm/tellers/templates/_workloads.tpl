{{/*
The modes of the session service, as DESIGN's table has them: where a session lives, and what binds a client to a pod.
*/}}
{{- define "tellers.sessionModes" -}}
sticky: { store: memory, affinity: cookie, path: /session }
unpinned: { store: memory, affinity: none, path: /unpinned/session }
handoff: { store: handoff, affinity: cookie, path: /handoff/session }
shared: { store: redis, affinity: none, path: /shared/session }
{{- end -}}

{{/* What runs the pods of the session service's modes. Values of an earlier release do not say it. */}}
{{- define "tellers.sessionKind" -}}
{{- eq .Values.session.workload "deployment" | ternary "Deployment" "StatefulSet" -}}
{{- end -}}

{{/* Selects the pods of every service, of modes that are off as well: they run on for a while after they were switched off. */}}
{{- define "tellers.servicesSelector" -}}
{{- include "tellers.selectorOfMany" (dict "root" . "components" (concat (list "auth" "account") (include "tellers.sessionComponents" . | fromYamlArray))) -}}
{{- end -}}

{{/* The component of each mode of the session service. */}}
{{- define "tellers.sessionComponents" -}}
{{- range $mode, $_ := include "tellers.sessionModes" . | fromYaml }}
- session-{{ $mode }}
{{- end }}
{{- end -}}

{{/* Selects the pods of several components; takes root and components. */}}
{{- define "tellers.selectorOfMany" -}}
matchLabels:
  {{- include "tellers.releaseSelector" .root | nindent 2 }}
matchExpressions:
  - { key: app.kubernetes.io/component, operator: In, values: {{ toJson .components }} }
{{- end -}}

{{/*
What runs and has a path at the front door: a list of app (key of its values), component, kind, path, affinity and,
for the session service, mode and store.
*/}}
{{- define "tellers.workloads" -}}
{{- $modes := include "tellers.sessionModes" . | fromYaml -}}
{{- $prefix := .Values.ingress.pathPrefix | default "" -}}
- { app: auth, component: auth, kind: Deployment, path: {{ $prefix }}/auth, affinity: none }
{{- if .Values.modes.stateless.enabled }}
- { app: account, component: account, kind: Deployment, path: {{ $prefix }}/account, affinity: none }
{{- end }}
{{- range $name, $mode := $modes }}
{{- if (index $.Values.modes $name).enabled }}
- { app: session, component: session-{{ $name }}, kind: {{ include "tellers.sessionKind" $ }}, mode: {{ $name }}, path: {{ $prefix }}{{ $mode.path }}, affinity: {{ $mode.affinity }}, store: {{ $mode.store }} }
{{- end }}
{{- end }}
{{- end -}}

{{/*
Pods that a manifest asks for; empty where it must not say. Takes root and workload. Where an autoscaler has the number, it is
rendered for a first install and for as long as nobody else has set it, since leaving out a field that is helm's alone resets
it to 1. A release that is applied client-side forgets who set what: there it is always what lives.
*/}}
{{- define "tellers.replicas" -}}
{{- $settings := index .root.Values .workload.app -}}
{{- $autoscaling := $settings.autoscaling -}}
{{- $name := printf "%s-%s" (include "tellers.fullname" .root) .workload.component -}}
{{- $live := lookup "apps/v1" .workload.kind .root.Release.Namespace $name -}}
{{- $setByOthers := include "tellers.replicasSetByOthers" (dict "root" .root "live" $live) -}}
{{- if include "tellers.replicasFixed" $settings -}}
{{- $settings.replicas -}}
{{- else if and $live (not $setByOthers) -}}
{{- $autoscaling.enabled | ternary (max $live.spec.replicas $autoscaling.minReplicas) $live.spec.replicas -}}
{{- else if and (not $live) (not (kindIs "invalid" $settings.replicas)) -}}
{{- $autoscaling.minReplicas -}}
{{- end -}}
{{- end -}}

{{/* Whether the values, and no autoscaler, say how many pods an app has; takes its settings. */}}
{{- define "tellers.replicasFixed" -}}
{{- if and (not .autoscaling.enabled) (not (kindIs "invalid" .replicas)) }}true{{ end -}}
{{- end -}}

{{/*
Whether somebody but who applies manifests server-side owns the number of pods of a live object; takes root and live. The label
of the revision, which each apply changes, says how the last one was applied.
*/}}
{{- define "tellers.replicasSetByOthers" -}}
{{- $serverSide := false -}}
{{- $byOthers := false -}}
{{- range dig "metadata" "managedFields" list .live -}}
{{- if and (eq .operation "Apply") (not .subresource) -}}
{{- if hasKey (dig "fieldsV1" "f:metadata" "f:labels" dict .) "f:tellers/revision" -}}{{- $serverSide = true -}}{{- end -}}
{{- else if hasKey (dig "fieldsV1" "f:spec" dict .) "f:replicas" -}}{{- $byOthers = true -}}
{{- end -}}
{{- end -}}
{{- if and $serverSide $byOthers (not (hasPrefix "v3." .root.Capabilities.HelmVersion.Version)) }}true{{ end -}}
{{- end -}}

{{/* Path of the lab's page at the front door; empty where it has none. */}}
{{- define "tellers.labPath" -}}
{{- with .Values.lab.ingress.path -}}
{{ $.Values.ingress.pathPrefix | default "" }}{{ . }}
{{- end -}}
{{- end -}}
