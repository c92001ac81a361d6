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

{{/* Secrets that a workload reads as files: a list of name and secret; takes root and workload. */}}
{{- define "tellers.secretFiles" -}}
{{- if eq .workload.app "auth" }}
- { name: signing-keys, secret: {{ include "tellers.signingKeysSecret" .root }} }
{{- end }}
{{- with .root.Values.redis.external.caSecret }}
- { name: redis-ca, secret: {{ . }} }
{{- end }}
{{- end -}}
