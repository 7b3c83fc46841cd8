{{- define "heliograph.secret.signingKeys" -}}
{{ .Values.signingKeys.existingSecret | default (printf "%s-signing-keys" (include "heliograph.fullname" .)) }}
{{- end }}

{{- define "heliograph.secret.feed" -}}
{{ .Values.feed.existingSecret | default (printf "%s-feed" (include "heliograph.fullname" .)) }}
{{- end }}

{{/*
A private JWK Set of one new key (RS256). The key of a certificate that Helm creates has 2048 bits (that of
genPrivateKey has 4096, with which a signature costs six times as much). It is PEM in PKCS #1 (RFC 8017, A.1.2): in
DER, a sequence of the version and eight integers, each with a header of two to four bytes and perhaps a leading zero.
user-service rejects a private key that does not match its public key.
*/}}
{{- define "heliograph.secret.newSigningKeys" -}}
{{- $der := regexReplaceAll "-----[A-Z ]+-----|\\s" (genSelfSignedCert "heliograph" nil nil 1).Key "" | b64dec }}
{{- $key := dict "kty" "RSA" "use" "sig" "alg" "RS256" "iat" (now | unixEpoch | int64) }}
{{- $at := 4 }}
{{- range $name := list "version" "n" "e" "d" "p" "q" "dp" "dq" "qi" }}
{{- $length := index $der (add $at 1 | int) | int }}
{{- $at = add $at 2 | int }}
{{- if gt $length 128 }}
{{- $bytes := sub $length 128 | int }}
{{- $length = 0 }}
{{- range $i := until $bytes }}
{{- $length = add (mul $length 256) (index $der (add $at $i | int) | int) | int }}
{{- end }}
{{- $at = add $at $bytes | int }}
{{- end }}
{{- $value := substr $at (add $at $length | int) $der }}
{{- $at = add $at $length | int }}
{{- if ne $name "version" }}
{{- $_ := set $key $name (include "heliograph.secret.base64url" (trimPrefix "\x00" $value)) }}
{{- end }}
{{- end }}
{{- $_ := set $key "kid" (sha256sum $key.n) }}
{{- dict "keys" (list $key) | toJson }}
{{- end }}

{{- define "heliograph.secret.base64url" -}}
{{ b64enc . | replace "+" "-" | replace "/" "_" | trimAll "=" }}
{{- end }}

{{- define "heliograph.secret.newFeed" -}}
{{ randAlphaNum 64 }}
{{- end }}

{{/*
Creates a secret if there is none of its name, by a hook before an installation or an upgrade. An existing one is not
changed. The hook has a policy that deletes nothing, since without a policy Helm deletes an object of that name before
it creates the hook. Argo CD skips it: it does not read the cluster, and would create another one at each sync.
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
