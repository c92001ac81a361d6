{{/* Image and pull policy of our own containers. */}}
{{- define "tellers.image" -}}
{{- $own := .Values.image -}}
{{- $version := printf ":%s" ($own.tag | default .Chart.AppVersion) -}}
{{- with $own.digest }}{{ $version = printf "@%s" . }}{{ end -}}
image: {{ include "tellers.fromRegistry" (dict "root" . "image" (printf "%s%s" $own.repository $version)) }}
imagePullPolicy: {{ $own.pullPolicy }}
{{- end -}}

{{/* The name of an image, at the registry that an umbrella chart or a mirror names for all; takes root and image. */}}
{{- define "tellers.fromRegistry" -}}
{{- with (.root.Values.global | default dict).imageRegistry -}}
{{ trimSuffix "/" . }}/{{ regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" $.image "" }}
{{- else -}}
{{ .image }}
{{- end -}}
{{- end -}}

{{/* Secrets with the credentials of registries, ours and those of an umbrella chart, which may be bare names. */}}
{{- define "tellers.pullSecrets" -}}
{{- $names := list -}}
{{- range concat ((.Values.global | default dict).imagePullSecrets | default list) (.Values.image.pullSecrets | default list) -}}
{{- $names = append $names (kindIs "map" . | ternary . (dict "name" .)) -}}
{{- end -}}
{{- with $names | uniq -}}
{{- toYaml . -}}
{{- end -}}
{{- end -}}
