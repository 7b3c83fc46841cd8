{{/*
One of the services: a Deployment and a Service in front of it.
  root            the chart's own context
  component       gateway, user or message; also the key of its values
  port            of HTTP inside the pod; health and metrics are on the port 1000 above it
  servicePort     of the Service
  serviceType, serviceAnnotations
  environment     YAML: what this service needs besides what all need
  volumes         YAML: further volumes
  volumeMounts    YAML: where they are mounted
*/}}
{{- define "heliograph.workload" -}}
{{- $values := index .root.Values .component }}
{{- $name := printf "%s-%s" (include "heliograph.fullname" .root) .component }}
{{- $delay := int .root.Values.shutdown.delaySeconds }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "heliograph.labels" . | nindent 4 }}
spec:
  replicas: {{ $values.replicas }}
  selector:
    matchLabels:
      {{- include "heliograph.selector" . | nindent 6 }}
  strategy:
    rollingUpdate:
      # A new pod is ready before an old one goes.
      maxUnavailable: 0
      maxSurge: 1
  template:
    metadata:
      labels:
        {{- include "heliograph.labels" . | nindent 8 }}
    spec:
      # Nothing here talks to the API server, and the environment holds only what is listed below.
      automountServiceAccountToken: false
      enableServiceLinks: false
      # The delay, the five seconds a service may take to stop after it, and ten for a busy node.
      terminationGracePeriodSeconds: {{ add $delay 5 10 }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 65532
        runAsGroup: 65532
        fsGroup: 65532
        seccompProfile:
          type: RuntimeDefault
      {{- with .root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      containers:
        - name: {{ .component }}
          image: {{ required "image.registry: name the registry that holds your images" .root.Values.image.registry }}/{{ .component }}-service:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          ports:
            - name: http
              containerPort: {{ .port }}
            - name: management
              containerPort: {{ add .port 1000 }}
          env:
            - name: JAVA_TOOL_OPTIONS
              value: {{ $values.javaOptions | quote }}
            - name: QUARKUS_SHUTDOWN_DELAY
              value: {{ printf "%dS" $delay | quote }}
            - name: HELIOGRAPH_TOKENS_ISSUER
              value: {{ .root.Values.tokens.issuer | quote }}
            {{- .environment | nindent 12 }}
            {{- range $key, $value := $values.env }}
            - name: {{ $key }}
              value: {{ $value | quote }}
            {{- end }}
          resources:
            {{- toYaml $values.resources | nindent 12 }}
          # Migrations run before the start is done; two minutes are several times what they take.
          startupProbe:
            httpGet: {path: /q/health/started, port: management}
            periodSeconds: 2
            failureThreshold: 60
          livenessProbe:
            httpGet: {path: /q/health/live, port: management}
            periodSeconds: 10
            timeoutSeconds: 5
          # Asks PostgreSQL, which may take its whole timeout of three seconds.
          readinessProbe:
            httpGet: {path: /q/health/ready, port: management}
            periodSeconds: 5
            timeoutSeconds: 4
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            {{- with .volumeMounts }}
            {{- . | nindent 12 }}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 256Mi
        {{- with .volumes }}
        {{- . | nindent 8 }}
        {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "heliograph.labels" . | nindent 4 }}
  {{- with .serviceAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .serviceType | default "ClusterIP" }}
  selector:
    {{- include "heliograph.selector" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .servicePort | default .port }}
      targetPort: http
{{- end }}
