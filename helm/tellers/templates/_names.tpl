{{/* What every object's name begins with. */}}
{{- define "tellers.fullname" -}}
{{- $name := .Values.fullnameOverride | default (contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name)) -}}
{{- $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* Labels that tell a component's pods from all others; takes root and component. */}}
{{- define "tellers.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Labels of an object; takes root and component. */}}
{{- define "tellers.labels" -}}
{{ include "tellers.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: {{ .root.Chart.Name }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{/* Name and labels of an object; takes root and component. */}}
{{- define "tellers.metadata" -}}
name: {{ include "tellers.fullname" .root }}-{{ .component }}
labels:
  {{- include "tellers.labels" . | nindent 2 }}
{{- end -}}
