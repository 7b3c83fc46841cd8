{{- define "heliograph.secret.signingKeys" -}}
{{ .Values.signingKeys.existingSecret | default (printf "%s-signing-keys" (include "heliograph.fullname" .)) }}
{{- end }}

{{- define "heliograph.secret.feed" -}}
{{ .Values.feed.existingSecret | default (printf "%s-feed" (include "heliograph.fullname" .)) }}
{{- end }}

{{/*
A private JWK Set of one new key. Helm makes a key as PEM (RFC 5915), in which the parts of a P-256 key always have the
same places: d is 32 bytes after 7, x and y 32 bytes each after 57. user-service refuses halves that do not belong together.
*/}}
{{- define "heliograph.secret.newSigningKeys" -}}
{{- $key := regexReplaceAll "-----[A-Z ]+-----|\\s" (genPrivateKey "ecdsa") "" | b64dec }}
{{- $x := include "heliograph.secret.base64url" (substr 57 89 $key) }}
{{- dict "keys" (list (dict
  "kty" "EC" "crv" "P-256" "use" "sig" "alg" "ES256"
  "kid" (sha256sum $x)
  "iat" (now | unixEpoch | int64)
  "x" $x
  "y" (include "heliograph.secret.base64url" (substr 89 121 $key))
  "d" (include "heliograph.secret.base64url" (substr 7 39 $key))
)) | toJson }}
{{- end }}

{{- define "heliograph.secret.base64url" -}}
{{ b64enc . | replace "+" "-" | replace "/" "_" | trimSuffix "=" }}
{{- end }}

{{/*
A secret that is made once: by a hook before the installation, of which no upgrade knows.
  root    the chart's own context
  name
  key     in it
  value   at that key
*/}}
{{- define "heliograph.secret.made" -}}
apiVersion: v1
kind: Secret
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "heliograph.labels" (dict "root" .root "component" "secret") | nindent 4 }}
  {{- with .root.Values.madeSecrets.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
stringData:
  {{ .key }}: {{ .value | quote }}
{{- end }}
