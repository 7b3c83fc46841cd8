# Health and metrics are not for the public.
for path in /q/health /q/metrics; do
  answer=$(curl --silent --show-error --max-time 10 --write-out '%{http_code}' --output /dev/null "$GATEWAY$path")
  [ "$answer" = 404 ] || { echo "$path: $answer"; exit 1; }
done
