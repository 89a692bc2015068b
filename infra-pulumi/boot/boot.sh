#!/usr/bin/env bash
# Turns a fresh Debian or Ubuntu machine into a chat server: checks out one commit, builds it, starts
# it, and tells the group that it belongs to. Runs as root, behind these exported variables; those
# marked "or empty" may also be left out. Running it again changes only what is different.
#
#   CHAT_REPOSITORY      URL that git clones from
#   CHAT_COMMIT          40 hexadecimal digits
#   CHAT_PORT            port for people
#   CHAT_HTTP_PORT       port for health checks
#   CHAT_STORE_URL       the store's URL, or empty
#   CHAT_STORE_ENDPOINT  <host>:<port> of a Redis or Valkey, or empty; used when there is no URL
#   CHAT_STORE_TLS       true when that endpoint speaks TLS
#   CHAT_STORE_SECRET_ID secret that holds its password and nothing else, or empty
#   AWS_REGION           region of the secret, the group and the logs
#   CHAT_HOOK_NAME       launch hook to complete, or empty
#   CHAT_ASG_NAME        group that the hook is of, or empty
#   CHAT_LOG_GROUP       log group that gets the record of the boot, or empty
#
# Ends with 0 and the hook continued when the server is ready, else with 1, the hook abandoned, and
# one line: boot failed: <step>: <reason>
# That line, or boot: ready after <seconds> s, ends the record in the stream boot/<instance> as well.
set -Eeuo pipefail
shopt -s inherit_errexit
umask 022
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
# Nobody below needs it in their environment.
export -n CHAT_STORE_URL CHAT_STORE_SECRET_ID

attempts_max=5
pause_seconds=${CHAT_BOOT_PAUSE_SECONDS:-5}
command_seconds_max=600
ready_seconds_max=90
base=/opt/chat-server
configuration=/etc/chat-server
credential=/etc/credstore.encrypted/chat-server.store-url
unit=chat-server.service
metadata=http://169.254.169.254/latest
instance_file=/var/lib/cloud/data/instance-id
# The build runs code of many authors: as a user who can read neither the state nor the credential.
builder=chat-build
builder_home=/var/lib/chat-build
source=$builder_home/source
current_step=start
needs_restart=no
# How apt, git, corepack, npm and esbuild begin the line that matters.
error_line='^(E|fatal|Internal Error): |^npm error code|^. \[ERROR\]'
scratch=$(mktemp -d)
log=$scratch/log
: >"$log"
exec 3>&1

say() { printf '%s\n' "$*" >&3; }

# Runs a command up to $attempts_max times. Not for functions of several commands: bash does not stop
# at the first of them that fails where the result is asked for.
retry() {
  local attempt
  for ((attempt = 1; ; attempt++)); do
    if "$@"; then return 0; fi
    if ((attempt >= attempts_max)); then return 1; fi
    echo "attempt $attempt of $attempts_max failed: $1" >&3
    sleep $((pause_seconds * attempt))
  done
}

fetch() { curl --silent --show-error --max-time 20 "$@"; }

# What the instance knows of itself, for those who ask for a token first.
read_metadata() {
  local token
  token=$(fetch --noproxy '*' --fail --request PUT \
    --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$metadata/api/token") &&
    printf 'header = "X-aws-ec2-metadata-token: %s"\n' "$token" |
    fetch --noproxy '*' --fail --config - "$metadata/meta-data/$1"
}

field_of() { [[ $2 =~ \"$1\"[[:space:]]*:[[:space:]]*\"([^\"]*)\" ]] && printf '%s' "${BASH_REMATCH[1]}"; }

# Posts to a service of AWS in the name of the instance's role, and shows the answer. The keys reach
# curl by its standard input: they stand neither in arguments nor on a disk.
aws_call() {
  local service=$1 role keys id secret token answer
  shift
  role=$(read_metadata iam/security-credentials/) &&
    keys=$(read_metadata "iam/security-credentials/$role") &&
    id=$(field_of AccessKeyId "$keys") && secret=$(field_of SecretAccessKey "$keys") &&
    token=$(field_of Token "$keys") || return 1
  if answer=$(printf 'user = "%s:%s"\nheader = "X-Amz-Security-Token: %s"\n' "$id" "$secret" "$token" |
    fetch --fail-with-body --config - --aws-sigv4 "aws:amz:$AWS_REGION:$service" "$@" \
      "https://$service.$AWS_REGION.amazonaws.com/"); then
    printf '%s\n' "$answer"
  else
    tr '\n' ' ' <<<"$answer" >&2
    echo >&2
    return 1
  fi
}

# The same for the services that speak JSON: service, action, body.
aws_json_call() {
  aws_call "$1" --header 'Content-Type: application/x-amz-json-1.1' --header "X-Amz-Target: $2" --data-binary "$3"
}

# Not by way of a login session, which may wait for others.
as_builder() {
  setpriv --reuid "$builder" --regid "$builder" --init-groups env -C "$1" HOME="$builder_home" CI=true \
    npm_config_update_notifier=false npm_config_loglevel=error COREPACK_ENABLE_DOWNLOAD_PROMPT=0 \
    timeout "$command_seconds_max" "${@:2}"
}

# A step's output is shown when it has ended. The reason for a failure is its first line that is an
# error, or its last.
step() {
  current_step=$1
  say "boot: $current_step"
  "$2" >"$log" 2>&1
  cat "$log" >&3
}

check_settings() {
  local name
  for name in CHAT_REPOSITORY CHAT_COMMIT CHAT_PORT CHAT_HTTP_PORT; do
    if [ -z "${!name:-}" ]; then echo "$name is not set" && return 1; fi
  done
  if ! [[ $CHAT_COMMIT =~ ^[0-9a-f]{40}$ ]]; then
    echo "CHAT_COMMIT is not a whole commit: $CHAT_COMMIT" && return 1
  fi
  if [ -n "${CHAT_HOOK_NAME:-}${CHAT_STORE_SECRET_ID:-}${CHAT_LOG_GROUP:-}" ] && [ -z "${AWS_REGION:-}" ]; then
    echo "AWS_REGION is not set" && return 1
  fi
  if [ "$(id -u)" != 0 ]; then echo "this is not run as root" && return 1; fi
}

# apt-get update ends with 0 when it could reach nobody, unless told otherwise.
apt_update() { apt-get -o APT::Update::Error-Mode=any -o DPkg::Lock::Timeout=120 update; }
# A machine that loses power while it boots is replaced, so dpkg need not wait for the disk.
apt_install() {
  apt-get -o DPkg::Lock::Timeout=120 -o DPkg::Options::=--force-unsafe-io install --yes --no-install-recommends "$@"
}

install_packages() {
  # Any Node will do: corepack fetches the npm that package.json pins by its hash, and that the Node
  # that the lockfile pins. The image's own npm would be 360 packages, and two minutes.
  local states packages=(ca-certificates curl git node-corepack nodejs)
  states=$(dpkg-query --show --showformat='${db:Status-Status}\n' "${packages[@]}" 2>&1 || true)
  if grep --invert-match --line-regexp --quiet installed <<<"$states"; then
    retry apt_update
    retry apt_install "${packages[@]}"
  fi
}

make_users() {
  local name
  for name in chat-server "$builder"; do
    id "$name" 2>/dev/null || useradd --system --user-group --no-create-home \
      --home-dir "/var/lib/$name" --shell /usr/sbin/nologin "$name"
  done
  install -d -m 0700 -o "$builder" -g "$builder" "$builder_home"
}

# Not every server gives out a commit by its name; all of them give out their branches and tags.
fetch_commit() {
  as_builder "$source" git fetch --quiet --depth 1 origin "$CHAT_COMMIT" ||
    as_builder "$source" git fetch --quiet --tags origin '+refs/heads/*:refs/remotes/origin/*'
}

is_installed() { [ -e "$base/$CHAT_COMMIT/.complete" ]; }

fetch_source() {
  if is_installed; then return 0; fi
  rm -rf "$source"
  install -d -m 0755 -o "$builder" -g "$builder" "$source"
  as_builder "$source" git init --quiet
  as_builder "$source" git remote add origin "$CHAT_REPOSITORY"
  retry fetch_commit
  as_builder "$source" git -c advice.detachedHead=false checkout --quiet --detach "$CHAT_COMMIT"
}

npm_install() { as_builder "$source" corepack npm ci --no-audit --no-fund --prefer-offline --omit=dev "$@"; }

# Only what the server is bundled with: what checks it, and this folder's tools, stay away.
install_dependencies() {
  if is_installed; then return 0; fi
  retry npm_install --include-workspace-root --workspace packages
}

pinned_node() {
  local architecture
  architecture=$(uname -m)
  case $architecture in
    x86_64) architecture=x64 ;;
    aarch64) architecture=arm64 ;;
  esac
  echo "$source/node_modules/node-linux-$architecture/bin/node"
}

build() {
  if is_installed; then return 0; fi
  local node
  node=$(pinned_node)
  "$node" --version
  as_builder "$source" corepack npm run --silent bundle --workspace packages/server
  install -D -m 0755 "$node" "$scratch/node"
  # What the server needs as it runs, and no more.
  retry npm_install --omit=dev --workspace packages/server
}

install_server() {
  local target=$base/$CHAT_COMMIT
  if ! is_installed; then
    rm -rf "$target"
    install -d -m 0755 "$base" "$target" "$target/bin" "$target/packages/server" \
      "$target/infra-pulumi/boot"
    install -m 0755 "$scratch/node" "$target/bin/node"
    cp -R --preserve=mode,links "$source/node_modules" "$target/"
    cp -R --preserve=mode "$source"/packages/server/{bin,dist,package.json} "$target/packages/server/"
    cp --preserve=mode "$source/infra-pulumi/boot/$unit" "$target/infra-pulumi/boot/"
    chmod -R u=rwX,go=rX "$target"
    touch "$target/.complete"
    find "$builder_home" -mindepth 1 -delete
  fi
  if [ "$(readlink "$base/current" || true)" != "$CHAT_COMMIT" ]; then
    ln -sfn "$CHAT_COMMIT" "$base/next"
    mv -T "$base/next" "$base/current"
    needs_restart=yes
  fi
}

read_secret() {
  aws_json_call secretsmanager secretsmanager.GetSecretValue "{\"SecretId\":\"$CHAT_STORE_SECRET_ID\"}"
}

# The password in an answer of Secrets Manager, escaped for a URL.
password_of() {
  "$base/current/bin/node" -e 'process.stdout.write(
    encodeURIComponent(JSON.parse(require("fs").readFileSync(0, "utf8")).SecretString.trim()))'
}

# The URL of the store, or nothing for a store of this machine's own.
store_url() {
  local scheme=redis secret password=
  if [ -n "${CHAT_STORE_URL:-}" ]; then
    printf '%s' "$CHAT_STORE_URL"
  elif [ -n "${CHAT_STORE_ENDPOINT:-}" ]; then
    if [ "${CHAT_STORE_TLS:-}" = true ]; then scheme=rediss; fi
    if [ -n "${CHAT_STORE_SECRET_ID:-}" ]; then
      secret=$(retry read_secret)
      password=$(printf '%s' "$secret" | password_of)
    fi
    printf '%s://%s%s' "$scheme" "${password:+:$password@}" "$CHAT_STORE_ENDPOINT"
  fi
}

# Encrypted with this machine's key: it is there after a reboot, and of no use elsewhere.
configure_store() {
  local url name
  name=$(basename "$credential")
  url=$(store_url)
  if [ -z "$url" ]; then
    rm -f "$credential"
  elif [ "$(systemd-creds --name="$name" decrypt "$credential" - 2>/dev/null || true)" != "$url" ]; then
    install -d -m 0700 "$(dirname "$credential")"
    printf '%s' "$url" | systemd-creds --name="$name" encrypt - "$credential.new"
    mv "$credential.new" "$credential"
    needs_restart=yes
  fi
}

# Puts its input there, where it is not yet.
put() {
  cat >"$scratch/new"
  if ! cmp --silent "$scratch/new" "$1"; then
    install -D -m 0644 "$scratch/new" "$1"
    needs_restart=yes
  fi
}

environment() {
  printf 'CHAT_PORT=%s\nCHAT_HTTP_PORT=%s\n' "$CHAT_PORT" "$CHAT_HTTP_PORT"
  if [ -e "$credential" ]; then
    printf 'CHAT_STORE_FILE=/run/credentials/%s/%s\n' "$unit" "$(basename "$credential")"
  fi
}

install_unit() {
  # Not behind a pipe, which would be another process, with variables of its own.
  put "$configuration/environment" < <(environment)
  put "/etc/systemd/system/$unit" <"$base/current/infra-pulumi/boot/$unit"
  systemctl daemon-reload
  systemctl enable "$unit"
}

# Whether it comes up is asked of it itself: its unit tries again where the first start fails.
start_server() {
  if [ "$needs_restart" = yes ]; then systemctl stop "$unit"; fi
  systemctl start --no-block "$unit"
}

is_ready() {
  answer=$(curl --noproxy '*' --silent --show-error --max-time 3 \
    "http://127.0.0.1:$CHAT_HTTP_PORT/readyz" 2>&1) && [ "$answer" = ready ] &&
    systemctl is-active --quiet "$unit"
}

await_ready() {
  local answer='' deadline=$((SECONDS + ready_seconds_max))
  until is_ready; do
    if ((SECONDS >= deadline)); then
      journalctl --unit "$unit" --lines 20 --no-pager --output cat
      echo "not ready after $ready_seconds_max s ($(systemctl is-active "$unit")): $answer"
      return 1
    fi
    sleep 0.5
  done
}

hook_call() {
  aws_call autoscaling --data Action=CompleteLifecycleAction --data Version=2011-01-01 \
    --data-urlencode "LifecycleHookName=$CHAT_HOOK_NAME" \
    --data-urlencode "AutoScalingGroupName=$CHAT_ASG_NAME" \
    --data-urlencode "InstanceId=$(<"$instance_file")" --data "LifecycleActionResult=$1"
}

# Once in an instance's life: a reboot has no hook to complete.
complete_hook() {
  local completed=$configuration/hook-completed
  if [ -z "${CHAT_HOOK_NAME:-}" ] || cmp --silent "$instance_file" "$completed"; then return 0; fi
  retry hook_call "$1"
  install -D -m 0644 "$instance_file" "$completed"
}

continue_hook() { complete_hook CONTINUE; }

# Lines that fit anywhere: not empty, no control characters, UTF-8 to the last byte.
clean_lines() {
  cut --bytes 1-1000 | { iconv -c -f UTF-8 -t UTF-8 || true; } |
    LC_ALL=C tr -d '\000-\010\013-\037\177' | { grep '[^[:space:]]' || true; }
}

# Clean lines as the elements of a JSON array.
log_events() {
  LC_ALL=C sed -e 's/[\\"]/\\&/g' -e 's/\t/\\t/g' \
    -e "s/.*/{\"timestamp\":$(date +%s%3N),\"message\":\"&\"}/" | paste --serial --delimiters=,
}

create_log_stream() {
  local answer
  answer=$(aws_json_call logs Logs_20140328.CreateLogStream "{$1}" 2>&1) ||
    grep --quiet ResourceAlreadyExistsException <<<"$answer" || { echo "$answer" && return 1; }
}

send_events() {
  create_log_stream "$1" &&
    aws_json_call logs Logs_20140328.PutLogEvents "{$1,\"logEvents\":[$2]}"
}

# Sends its input to the log group. A boot does not fail for want of its record.
send_record() {
  if [ -z "${CHAT_LOG_GROUP:-}" ]; then return 0; fi
  retry send_events "\"logGroupName\":\"$CHAT_LOG_GROUP\",\"logStreamName\":\"boot/$(<"$instance_file")\"" \
    "$(log_events)" || echo "boot: the record could not be sent to $CHAT_LOG_GROUP"
}

finish() {
  local status=$? line="boot: ready after $SECONDS s" priority=user.info reason
  trap - EXIT
  set +e
  if ((status != 0)); then
    cat "$log" >&3
    reason=$(clean_lines <"$log" | grep --max-count=1 --extended-regexp "$error_line" ||
      clean_lines <"$log" | tail -n 1)
    line="boot failed: $current_step: ${reason:-ended with $status}"
    line=${line:0:300}
    priority=user.err
  else
    : >"$log"
  fi
  say "$line"
  logger --tag chat-server-boot --priority "$priority" -- "$line"
  { clean_lines <"$log" | tail -n 50 && printf '%s\n' "$line"; } | send_record >&3 2>&1
  if ((status != 0)); then complete_hook ABANDON >&3 2>&1; fi
  rm -rf "$scratch"
  exit "$((status != 0))"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

step settings check_settings
step packages install_packages
step users make_users
step source fetch_source
step dependencies install_dependencies
step build build
step installation install_server
step store configure_store
step unit install_unit
step start start_server
step readiness await_ready
step hook continue_hook
