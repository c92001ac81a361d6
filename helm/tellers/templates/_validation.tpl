{{/* Fails the render on values that would not do what they say, and says what to set instead. */}}
{{- define "tellers.validation" -}}
{{- $ingress := .Values.ingress -}}
{{- $workloads := include "tellers.workloads" . | fromYamlArray -}}
{{- if contains "@" .Values.image.repository -}}
{{- fail "image.repository holds a digest: leave it out there, and set image.digest to it." -}}
{{- end -}}
{{- if lt (len $workloads) 2 -}}
{{- fail "Every mode is off: set modes.stateless.enabled=true, or another mode's." -}}
{{- end -}}
{{- range $app := list "auth" "account" "session" -}}
{{- with (index $.Values $app).autoscaling -}}
{{- if lt (int .maxReplicas) (int .minReplicas) -}}
{{- fail (printf "%s.autoscaling.maxReplicas is below minReplicas, which is %d: set it to that or more." $app (int .minReplicas)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with .Values.session.autoscaling -}}
{{- if and .enabled (eq .metric "sessions") -}}
{{- if and (eq .sessionsFrom "keda") (not .prometheusUrl) -}}
{{- fail "session.autoscaling.metric=sessions has KEDA ask Prometheus, and nothing says where that is: set session.autoscaling.prometheusUrl, such as http://prometheus-operated.monitoring:9090, or session.autoscaling.sessionsFrom=custom-metrics." -}}
{{- end -}}
{{- if and $.Values.networkPolicy.enabled (not $.Values.networkPolicy.monitoringFrom) -}}
{{- fail (printf "session.autoscaling.metric=sessions needs Prometheus to read a port that the NetworkPolicies close to it: %s" (include "tellers.monitoringAdvice" $)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (eq (include "tellers.sessionKind" .) "Deployment") (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) -}}
{{- fail "session.workload=deployment gives its pods a right to patch pods, and serviceAccount.create=false would give it to the account that every pod of the namespace has: set serviceAccount.create=true, or serviceAccount.name." -}}
{{- end -}}
{{- if and .Values.session.ownPodPolicy (ne (include "tellers.sessionKind" .) "Deployment") -}}
{{- fail "session.ownPodPolicy holds a deployment's pods to their own, and a statefulset's may patch none: set session.workload=deployment too, or unset it." -}}
{{- end -}}
{{- if eq $ingress.controller "none" -}}
{{- range $workloads -}}
{{- if eq .affinity "cookie" -}}
{{- fail (printf "The mode %s binds each client to a pod by a cookie, and ingress.controller=none leaves nobody to set it: set modes.%s.enabled=false (and modes.shared.enabled=true for sessions without affinity), or ingress.controller=traefik or haproxy." .mode .mode) -}}
{{- end -}}
{{- end -}}
{{- if or $ingress.host $ingress.hosts $ingress.className $ingress.namespace $ingress.tls.secretName $ingress.annotations -}}
{{- fail "ingress.controller=none makes no Ingress, so ingress.host, hosts, className, namespace, annotations and tls.secretName would be lost: unset them, or set ingress.controller=traefik or haproxy." -}}
{{- end -}}
{{- end -}}
{{- with include "tellers.labPath" . -}}
{{- if eq $ingress.controller "none" -}}
{{- fail "lab.ingress.path needs an Ingress, and ingress.controller=none makes none: unset it and forward the port of the lab, or set ingress.controller=traefik or haproxy." -}}
{{- end -}}
{{- $path := . -}}
{{- range $workloads -}}
{{- if hasPrefix (printf "%s/" $path) (printf "%s/" .path) -}}
{{- fail (printf "lab.ingress.path=%s would take %s from the bank: choose another path, such as /lab." $.Values.lab.ingress.path .path) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $ingress.tls.secretName (not $ingress.tls.enabled) -}}
{{- fail "ingress.tls.secretName is set and TLS is off: set ingress.tls.enabled=true too, or unset the name." -}}
{{- end -}}
{{- if $ingress.tls.hstsSeconds -}}
{{- if not $ingress.tls.enabled -}}
{{- fail "ingress.tls.hstsSeconds sends clients to TLS, and TLS is off: set ingress.tls.enabled=true too, or unset it." -}}
{{- end -}}
{{- if and .Values.lab.enabled (not (hasPrefix "https://" (.Values.lab.baseUrl | default ""))) -}}
{{- fail "ingress.tls.hstsSeconds sends the lab's customers from plain HTTP to TLS: set lab.baseUrl to the https:// address of the front door, or unset one of them." -}}
{{- end -}}
{{- end -}}
{{- if and $ingress.tls.secretName (not (include "tellers.host" .)) -}}
{{- fail "A certificate is for a host, and ingress.host is empty: set ingress.host to the name in the certificate." -}}
{{- end -}}
{{- if and .Values.serviceMonitor.enabled .Values.networkPolicy.enabled (not .Values.networkPolicy.monitoringFrom) -}}
{{- fail (printf "serviceMonitor.enabled=true lets Prometheus read a port that the NetworkPolicies close to it: %s" (include "tellers.monitoringAdvice" .)) -}}
{{- end -}}
{{- with .Values.redis.external -}}
{{- $url := .url | default "" -}}
{{- if regexMatch "^rediss?://[^/@]*:[^/@]*@" $url -}}
{{- fail "redis.external.url holds a password, which would be stored in the release: leave it out, put it into a Secret as redis-password, and set redis.existingSecret to the Secret's name." -}}
{{- end -}}
{{- if and .caSecret (not (hasPrefix "rediss://" $url)) -}}
{{- fail "redis.external.caSecret is for TLS: set redis.external.url to a rediss:// URL, or unset it." -}}
{{- end -}}
{{- end -}}
{{- if not .Values.redis.external.url -}}
{{- include "tellers.redisMemoryValidation" . -}}
{{- include "tellers.redisChangeValidation" . -}}
{{- end -}}
{{- include "tellers.replicasValidation" . -}}
{{- include "tellers.secretsValidation" . -}}
{{- include "tellers.neighboursValidation" . -}}
{{- end -}}

{{- define "tellers.monitoringAdvice" -}}
set networkPolicy.monitoringFrom to where it runs, such as networkPolicy.monitoringFrom[0].namespaceSelector.matchLabels.kubernetes\.io/metadata\.name=monitoring, or networkPolicy.enabled=false.
{{- end -}}

{{- define "tellers.redisMemoryValidation" -}}
{{- $maxmemory := .Values.redis.maxmemory -}}
{{- with dig "limits" "memory" "" .Values.redis.resources -}}
{{- $bytes := include "tellers.bytes" $maxmemory | float64 -}}
{{- $limit := include "tellers.bytes" (toString .) | float64 -}}
{{- if gt (mulf 2 $bytes) $limit -}}
{{- fail (printf "redis.maxmemory=%s is above half of redis.resources.limits.memory=%v, whose other half is for the copy while a log is rewritten: set redis.maxmemory=%dmb or less, or the limit to %dMi or more." $maxmemory . (divf $limit 2097152 | int64) (divf $bytes 524288 | ceil | int64)) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Bytes of a quantity of Kubernetes or of Redis. */}}
{{- define "tellers.bytes" -}}
{{- $units := dict "n" 1e-9 "u" 1e-6 "m" 1e-3 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18 -}}
{{- $binary := 1.0 -}}
{{- range list "k" "m" "g" "t" "p" "e" -}}
{{- $binary = mulf $binary 1024 -}}
{{- $_ := set $units (printf "%si" (. | upper)) $binary -}}
{{- $_ := set $units (printf "%sb" .) $binary -}}
{{- end -}}
{{- $unit := regexFind "[A-Za-z]+$" . -}}
{{- $number := trimSuffix $unit . | float64 -}}
{{- printf "%f" (mulf $number (hasKey $units $unit | ternary (get $units $unit) 1.0)) -}}
{{- end -}}

{{/* What a StatefulSet cannot change would fail half-way through an upgrade. */}}
{{- define "tellers.redisChangeValidation" -}}
{{- $name := printf "%s-redis" (include "tellers.fullname" .) -}}
{{- $live := lookup "apps/v1" "StatefulSet" .Release.Namespace $name -}}
{{- if $live -}}
{{- $persistence := .Values.redis.persistence -}}
{{- $again := printf "`kubectl --namespace %s delete statefulset %s --cascade=orphan`, which leaves its pod running, then this again" .Release.Namespace $name -}}
{{- $claims := $live.spec.volumeClaimTemplates | default list -}}
{{- if and $claims (not $persistence.enabled) -}}
{{- fail (printf "redis.persistence.enabled=false would take Redis away from its claim, and the money with it: leave it true, or, to begin with an empty bank, `kubectl --namespace %s delete statefulset %s` first." .Release.Namespace $name) -}}
{{- else if and $persistence.enabled (not $claims) -}}
{{- fail (printf "redis.persistence.enabled=true would give Redis an empty claim, while its money is in its pod alone: leave it false, or, to begin with an empty bank, `kubectl --namespace %s delete statefulset %s` first." .Release.Namespace $name) -}}
{{- end -}}
{{- range $claims -}}
{{- $size := .spec.resources.requests.storage -}}
{{- if ne (include "tellers.bytes" (toString $size)) (include "tellers.bytes" (toString $persistence.size)) -}}
{{- fail (printf "redis.persistence.size=%v, and the claim of Redis is made with %s, which no upgrade changes: set redis.persistence.size=%s, or first, where its storage class can expand, `kubectl --namespace %s patch persistentvolumeclaim data-%s-0 --patch '{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"%v\"}}}}'` and %s." $persistence.size $size $size $.Release.Namespace $name $persistence.size $again) -}}
{{- end -}}
{{- if ne (.spec.storageClassName | default "") ($persistence.storageClass | default "") -}}
{{- fail (printf "redis.persistence.storageClass=%s, and the claim of Redis is made with %s, which no upgrade changes: set redis.persistence.storageClass=%s, or, to begin with an empty bank, first `kubectl --namespace %s delete statefulset/%s persistentvolumeclaim/data-%s-0`." (quote ($persistence.storageClass | default "")) (quote (.spec.storageClassName | default "")) (quote (.spec.storageClassName | default "")) $.Release.Namespace $name $name) -}}
{{- end -}}
{{- end -}}
{{- if ne $live.spec.podManagementPolicy "Parallel" -}}
{{- fail (printf "The StatefulSet %s was made by an older chart, and no upgrade changes its podManagementPolicy: first %s." $name $again) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A number of pods that an autoscaler or a person has moved is theirs by server-side apply, and its upgrade would end half-way. */}}
{{- define "tellers.replicasValidation" -}}
{{- $moved := list -}}
{{- $commands := list -}}
{{- $values := list -}}
{{- range include "tellers.workloads" . | fromYamlArray -}}
{{- $settings := index $.Values .app -}}
{{- $name := printf "%s-%s" (include "tellers.fullname" $) .component -}}
{{- $live := lookup "apps/v1" .kind $.Release.Namespace $name -}}
{{- if and (include "tellers.replicasFixed" $settings) (include "tellers.replicasSetByOthers" (dict "root" $ "live" $live)) -}}
{{- $runs := int $live.spec.replicas -}}
{{- if ne $runs (int $settings.replicas) -}}
{{- $target := printf "%s/%s" (lower .kind) $name -}}
{{- $kubectl := printf "kubectl --namespace %s" $.Release.Namespace -}}
{{- $moved = append $moved (printf "%s runs %d pods" $target $runs) -}}
{{- $autoscaler := "hpa" -}}
{{- if $.Capabilities.APIVersions.Has "keda.sh/v1alpha1" -}}
{{- if lookup "keda.sh/v1alpha1" "ScaledObject" $.Release.Namespace $name -}}{{- $autoscaler = "scaledobject" -}}{{- end -}}
{{- end -}}
{{- $commands = append $commands (printf "%s delete %s %s --ignore-not-found && %s scale %s --replicas=%d" $kubectl $autoscaler $name $kubectl $target (int $settings.replicas)) -}}
{{- $values = append $values (printf "%s.replicas=%d" .app $runs) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with $moved -}}
{{- fail (printf "%s, set by an autoscaler or by hand, and a server-side apply does not overrule that: first `%s`, or set %s." (join ", " .) (join " && " $commands) ($values | uniq | join ", ")) -}}
{{- end -}}
{{- end -}}

{{/* A Secret of the release's name that is there already is kept as it is, so it must have what pods read. */}}
{{- define "tellers.secretsValidation" -}}
{{- $values := dict "redis" "redis.existingSecret" "account" "account.existingSecret" "lab" "lab.existingSecret" "signing-keys" "signingKeys.existingSecret" -}}
{{- range include "tellers.ownSecrets" . | fromYamlArray -}}
{{- $name := printf "%s-%s" (include "tellers.fullname" $) .component -}}
{{- $live := lookup "v1" "Secret" $.Release.Namespace $name -}}
{{- if and .needed $live -}}
{{- $key := eq .component "signing-keys" | ternary "[0-9]+\\.pem" (keys .data | first) -}}
{{- if not (regexMatch (printf "(^|\n)%s(\n|$)" $key) (keys (dig "data" dict $live) | join "\n")) -}}
{{- fail (printf "The Secret %s is there and has no %s: add it, delete the Secret so that the release makes its own, or set %s to another's name." $name (eq .component "signing-keys" | ternary "<unix time>.pem" $key) (get $values .component)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Two banks behind one path would share its requests between them; only this namespace may be looked into. */}}
{{- define "tellers.neighboursValidation" -}}
{{- if ne .Values.ingress.controller "none" -}}
{{- $hosts := include "tellers.hosts" . | fromJsonArray | default (list "") -}}
{{- $paths := list -}}
{{- range include "tellers.workloads" . | fromYamlArray -}}{{- $paths = append $paths .path -}}{{- end -}}
{{- range dig "items" list (lookup "networking.k8s.io/v1" "Ingress" .Release.Namespace "") -}}
{{- $labels := .metadata.labels | default dict -}}
{{- $release := get $labels "app.kubernetes.io/instance" -}}
{{- if and (eq (get $labels "app.kubernetes.io/name") (include "tellers.chart" $)) (ne $release (include "tellers.instance" $)) (eq .spec.ingressClassName ($.Values.ingress.className | default $.Values.ingress.controller)) -}}
{{- range .spec.rules -}}
{{- $host := .host | default "" -}}
{{- if has $host $hosts -}}
{{- range .http.paths -}}
{{- if has .path $paths -}}
{{- fail (printf "The release %s answers at %s of %s already, and requests would go to either bank: set ingress.host to a name that is this release's alone, or ingress.pathPrefix to a path." $release .path ($host | default "any host")) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
