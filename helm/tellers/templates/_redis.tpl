{{/* Money is on disk before a client hears of it; a client that vanished is noticed within 15 s, which sessions rely on. */}}
{{- define "tellers.redisConfiguration" -}}
dir /data
appendonly yes
appendfsync always
save ""
tcp-keepalive 5
maxmemory {{ .Values.redis.maxmemory }}
maxmemory-policy noeviction
{{- end -}}
