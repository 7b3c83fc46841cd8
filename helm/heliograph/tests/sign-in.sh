# A sign-in is looked up: user-service reaches PostgreSQL, and finds the schema there.
answer=$(curl --silent --show-error --max-time 10 --header 'Content-Type: application/json' \
  --data '{"login": "nobody-of-this-name", "password": "the password of nobody"}' "$GATEWAY/api/auth/login")
case $answer in
  *'"bad_credentials"'*) ;;
  *) echo "$answer"; exit 1 ;;
esac
