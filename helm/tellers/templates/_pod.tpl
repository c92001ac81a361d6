{{/* What every pod spec has: the restricted Pod Security profile and where it may run; takes root and uid. */}}
{{- define "tellers.podDefaults" -}}
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .uid }}
  runAsGroup: {{ .uid }}
  fsGroup: {{ .uid }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* What every container may do: nothing special, and write nowhere. */}}
{{- define "tellers.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end -}}

{{/* Image and pull policy of our own containers. */}}
{{- define "tellers.image" -}}
image: {{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
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

{{/* Mounts of these files; takes root and app. */}}
{{- define "tellers.secretMounts" -}}
{{- range include "tellers.secretFiles" . | fromYamlArray }}
- { name: {{ .name }}, mountPath: /run/secrets/{{ .name }}, readOnly: true }
{{- end }}
{{- end -}}

{{/* Their volumes. Whoever is in the container may read them: it has one user, whatever its uid and its groups. */}}
{{- define "tellers.secretVolumes" -}}
{{- range include "tellers.secretFiles" . | fromYamlArray }}
- name: {{ .name }}
  secret:
    secretName: {{ .secret }}
    defaultMode: 0444
    {{- if .key }}
    items: [{ key: {{ .key | quote }}, path: {{ .file }} }]
    {{- end }}
{{- end }}
{{- end -}}
