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

{{- define "heliograph.secret.newFeed" -}}
{{ randAlphaNum 64 }}
{{- end }}

{{/*
Makes a secret if there is none of its name, by a hook before an installation or an upgrade. One that is there stays as it
is, whoever made it. The hook names a policy that deletes nothing, since without a policy Helm deletes an object of that
name before it creates the hook. Argo CD skips it: it sees no cluster, and would make another at each sync.
  root    the chart's own context
  name
  key     in it
  new     the template of the value at that key
*/}}
{{- define "heliograph.secret.made" -}}
{{- $live := include "heliograph.live" (dict "root" .root "apiVersion" "v1" "kind" "Secret" "name" .name) | fromYaml }}
{{- $fixed := dict
  "helm.sh/hook" "pre-install,pre-upgrade"
  "helm.sh/hook-weight" "-10"
  "helm.sh/hook-delete-policy" "hook-failed"
  "argocd.argoproj.io/hook" "Skip" }}
{{- if $live }}
{{- if not (get ($live.data | default dict) .key) }}
{{- fail (printf "the secret %s is there, but nothing is at its key %s: add it, or delete the secret to have one made" .name .key) }}
{{- end }}
{{- else -}}
apiVersion: v1
kind: Secret
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "heliograph.labels" (dict "root" .root "component" "secret") | nindent 4 }}
  annotations:
    {{- merge $fixed (.root.Values.madeSecrets.annotations | default dict) | toYaml | nindent 4 }}
stringData:
  {{ .key }}: {{ include .new .root | quote }}
{{- end }}
{{- end }}
