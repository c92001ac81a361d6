{{/*
A pod is described by a dict: root, settings (its workload's values), component, and what single templates below name.
A value of a workload's own takes the place of the one for every workload. Takes a list of pod and name.
*/}}
{{- define "tellers.podValue" -}}
{{- $pod := index . 0 -}}
{{- $name := index . 1 -}}
{{- with hasKey $pod.settings $name | ternary (get $pod.settings $name) (get $pod.root.Values $name) -}}
{{- toYaml . -}}
{{- end -}}
{{- end -}}

{{/* Labels of a pod. */}}
{{- define "tellers.podLabels" -}}
{{ include "tellers.selector" . }}
{{- with include "tellers.podValue" (list . "podLabels") }}
{{ . }}
{{- end }}
{{- end -}}

{{/* What every pod spec has, as the values say. */}}
{{- define "tellers.podDefaults" -}}
{{- $pod := . -}}
enableServiceLinks: false
serviceAccountName: {{ include "tellers.serviceAccount" . }}
{{- with include "tellers.pullSecrets" .root }}
imagePullSecrets:
  {{- . | nindent 2 }}
{{- end }}
{{- with include "tellers.podValue" (list . "podSecurityContext") }}
securityContext:
  {{- . | nindent 2 }}
{{- end }}
{{- range $name := list "nodeSelector" "tolerations" "affinity" "priorityClassName" }}
{{- with include "tellers.podValue" (list $pod $name) }}
{{ $name }}:
  {{- . | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
How a workload's pods are spread; takes kind too. A constraint that does not say which pods it counts counts those of one
revision, since the ones that a rollout replaces are about to go.
*/}}
{{- define "tellers.spread" -}}
{{- $revision := eq .kind "StatefulSet" | ternary "controller-revision-hash" "pod-template-hash" -}}
{{- $counted := dict "labelSelector" (dict "matchLabels" (include "tellers.selector" . | fromYaml)) "matchLabelKeys" (list $revision) -}}
{{- $constraints := list -}}
{{- range include "tellers.podValue" (list . "topologySpreadConstraints") | fromYamlArray -}}
{{- $constraints = append $constraints (hasKey . "labelSelector" | ternary dict $counted | merge .) -}}
{{- end -}}
{{- with $constraints -}}
topologySpreadConstraints:
  {{- toYaml . | nindent 2 }}
{{- end -}}
{{- end -}}

{{/* What a container may do. */}}
{{- define "tellers.containerSecurity" -}}
{{- with include "tellers.podValue" (list . "securityContext") -}}
securityContext:
  {{- . | nindent 2 }}
{{- end -}}
{{- end -}}

{{/* Probes on the second port. A stopping pod stays ready, so that it keeps the clients that it has. */}}
{{- define "tellers.probes" -}}
startupProbe:
  httpGet: { path: /livez, port: admin }
  periodSeconds: 1
  failureThreshold: 60
livenessProbe:
  httpGet: { path: /livez, port: admin }
  periodSeconds: 10
  timeoutSeconds: 5
readinessProbe:
  httpGet: { path: /readyz, port: admin }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 2
{{- end -}}

{{/*
Secrets that a workload reads as files, each mounted at /run/secrets/<name>: a list of name, secret and, for a Secret whose
keys are the user's, key and file. Takes root and app.
*/}}
{{- define "tellers.secretFiles" -}}
{{- $values := .root.Values -}}
{{- if eq .app "auth" }}
- { name: signing-keys, secret: {{ include "tellers.signingKeysSecret" .root }} }
{{- end }}
{{- if eq .app "account" }}
- { name: account, secret: {{ include "tellers.accountSecret" .root }}, key: {{ include "tellers.accountKey" .root }}, file: continuation-secret }
{{- end }}
{{- if ne .app "lab" }}
{{- if include "tellers.redisHasPassword" .root }}
- { name: redis, secret: {{ include "tellers.redisSecret" .root }}, key: {{ include "tellers.redisKey" .root }}, file: redis-password }
{{- end }}
{{- else if not $values.lab.readOnly }}
- { name: lab, secret: {{ include "tellers.labSecret" .root }}, key: {{ include "tellers.labKey" .root }}, file: page-token }
{{- end }}
{{- if and $values.redis.external.caSecret (has .app (list "auth" "account" "session")) }}
- { name: redis-ca, secret: {{ $values.redis.external.caSecret }}, key: {{ $values.redis.external.caSecretKey }}, file: ca.crt }
{{- end }}
{{- end -}}

{{/* Mounts of the secrets, and the user's further ones; takes app too. */}}
{{- define "tellers.mounts" -}}
{{- range include "tellers.secretFiles" . | fromYamlArray }}
- { name: {{ .name }}, mountPath: /run/secrets/{{ .name }}, readOnly: true }
{{- end }}
{{- with include "tellers.podValue" (list . "extraVolumeMounts") }}
{{ . }}
{{- end }}
{{- end -}}

{{/* Their volumes. Whoever is in the container may read the secrets: it has one user, whatever its uid and its groups. */}}
{{- define "tellers.volumes" -}}
{{- range include "tellers.secretFiles" . | fromYamlArray }}
- name: {{ .name }}
  secret:
    secretName: {{ .secret }}
    defaultMode: 0444
    {{- if .key }}
    items: [{ key: {{ .key | quote }}, path: {{ .file }} }]
    {{- end }}
{{- end }}
{{- with include "tellers.podValue" (list . "extraVolumes") }}
{{ . }}
{{- end }}
{{- end -}}
