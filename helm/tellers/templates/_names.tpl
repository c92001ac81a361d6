{{/* The chart's own name, whatever an umbrella chart calls it: the lab finds a bank by it. */}}
{{- define "tellers.chart" -}}tellers{{- end -}}

{{/*
What every object's name begins with. A Service's begins with a letter and has no dot, and the longest label made of it
(controller-revision-hash: <fullname>-session-unpinned-<10 characters>) leaves it 35 characters; two names that are cut alike
still differ.
*/}}
{{- define "tellers.fullname" -}}
{{- $full := .Values.fullnameOverride -}}
{{- if not $full -}}
{{- $full = contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) -}}
{{- end -}}
{{- $name := $full | replace "." "-" -}}
{{- if regexMatch "^[0-9]" $name -}}
{{- $name = printf "%s-%s" (include "tellers.chart" .) (trimSuffix (printf "-%s" .Chart.Name) $name) -}}
{{- end -}}
{{- if or (gt (len $name) 35) (contains "." $full) -}}
{{- $name = printf "%s-%s" ($name | trunc 26 | trimSuffix "-") (sha256sum $full | trunc 8) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{/* The bank among others: the release, or, where an umbrella chart has it under an alias, that in the release. */}}
{{- define "tellers.instance" -}}
{{ eq .Chart.Name (include "tellers.chart" .) | ternary .Release.Name (include "tellers.fullname" .) }}
{{- end -}}

{{/* Labels that tell the bank's pods from all others. */}}
{{- define "tellers.releaseSelector" -}}
app.kubernetes.io/name: {{ include "tellers.chart" . }}
app.kubernetes.io/instance: {{ include "tellers.instance" . | quote }}
{{- end -}}

{{/* Labels that tell a component's pods from all others; takes root and component. */}}
{{- define "tellers.selector" -}}
{{ include "tellers.releaseSelector" .root }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Labels of an object; takes root and component. */}}
{{- define "tellers.labels" -}}
{{ include "tellers.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: {{ include "tellers.chart" .root }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ include "tellers.chart" .root }}-{{ .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Name and labels of an object; takes root and component. */}}
{{- define "tellers.metadata" -}}
name: {{ include "tellers.fullname" .root }}-{{ .component }}
labels:
  {{- include "tellers.labels" . | nindent 2 }}
{{- end -}}
