# Who shows no token is refused, in the words of the API.
answer=$(curl --silent --show-error --max-time 10 --write-out '%{http_code} %{content_type}' --output /dev/null "$GATEWAY/api/users/me")
case $answer in
  "401 application/problem+json"*) ;;
  *) echo "$answer"; exit 1 ;;
esac
